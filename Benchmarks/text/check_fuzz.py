import random, subprocess, struct, sys, os
sys.path.insert(0, '/work/text/Benchmarks/text')
from restatement import *
B='/tmp/text-pkg/.build/release/bench'
def write(texts, p):
    with open(p,'wb') as f:
        for t in texts:
            b=t.encode(); f.write(struct.pack('<I',len(b))+b)
def read(p):
    d=open(p,'rb').read(); o=0; out=[]
    while o<len(d):
        n,=struct.unpack_from('<I',d,o); out.append(d[o+4:o+4+n]); o+=4+n
    return out
seed=int(sys.argv[1]); N=int(sys.argv[2]); random.seed(seed)
interesting=[c for c in ASSIGNED if unicodedata2.decomposition(chr(c)) or unicodedata2.combining(chr(c)) or chr(c).lower()!=chr(c) or unicodedata2.category(chr(c))[0] in 'MZNC' and c<0x20000 and unicodedata2.category(chr(c))!='Co']
seconds=[0x9BE,0x9D7,0xB3E,0xB56,0xB57,0xBBE,0xBD7,0xCC2,0xCD5,0xCD6,0xD3E,0xD57,0xDCA,0xDCF,0xDDF,0x102E,0x1161,0x1162,0x11A8,0x11C2,0x1B35,0x3099,0x309A,0x110BA,0x11127,0x1133E,0x11357,0x114B0,0x114BA,0x114BD,0x115AF,0x11930]
def piece():
    r=random.random()
    if r<.25: return ''.join(random.choice('abcdeABCDE   \n\t.,0123456789!-_"\'') for _ in range(random.randint(1,90)))
    if r<.3: return random.choice([' ','  ','\n\n','1,000.5','3.','\x1c','\x00',' 5,','0.\u0661','7\u0301.8','9.\u0301\u03010'])
    if r<.4: return ''.join(chr(random.choice(interesting)) for _ in range(random.randint(1,6)))
    if r<.5: return ''.join(random.choice('aeoAEOsSdιΑαω\u0e01\u0915')+''.join(chr(random.choice([0x300,0x301,0x302,0x308,0x323,0x327,0x328,0x338,0x345,0x5B4,0x93C,0x94d,0x30a])) for _ in range(random.randint(0,5))) for _ in range(random.randint(1,5)))
    if r<.6: return ''.join(random.choice('ΣσςΑαΟ.\u00ad\'ʰ\u0345\u0301 Σ') for _ in range(random.randint(1,12)))
    if r<.7: return ''.join(chr(random.choice(seconds+[0x995,0x9c7,0xbc6,0xcc6,0xcca,0xd46,0x1025,0x1100,0x1112,0xac00,0xac01,0x304b])) for _ in range(random.randint(1,8)))
    if r<.8: return ''.join(chr(random.choice(ASSIGNED)) for _ in range(random.randint(1,8)))
    if r<.9: return ''.join(random.choice('привет мир ПРИВЕТ 漢字かな。カﾞガ０１２٣ ไทย ພາສາ 한국어 é É İ ſ K Å Ω ½ Ⅷ 〇') for _ in range(random.randint(1,30)))
    return random.choice('aZ .,')*random.randint(1,70)
texts=[''.join(piece() for _ in range(random.choice([1,1,2,3,6,12]))) for _ in range(N)]
# every assigned code point by itself in context
texts+=[f'a{chr(c)}b E{chr(c)}\u0301{chr(c)} 1{chr(c)}2' for c in ASSIGNED if not(0xe000<=c<0xf8ff or c>0xf0000)]
write(texts,'/tmp/text-u8/in')
for m in [1,2,4,3,5,6,7]:
    outs=[]
    for blocks in '10':
        subprocess.run([B,str(m),blocks,'/tmp/text-u8/in','/tmp/text-u8/out'],check=True); outs.append(read('/tmp/text-u8/out'))
    assert outs[0]==outs[1], ('vector', m)
    bad=0
    for t,o in zip(texts,outs[0]):
        e=normalize(t,bool(m&1),bool(m&2),bool(m&4)).encode()
        if e!=o:
            bad+=1
            if bad<4: print(m,ascii(t),ascii(e.decode()),ascii(o.decode('utf8','replace')))
    print('mode',m,'bad',bad,'of',len(texts))
subprocess.run([B,'nfd','1','/tmp/text-u8/in','/tmp/text-u8/out'],check=True)
print('nfd', sum(unicodedata2.normalize('NFD',t).encode()!=o for t,o in zip(texts,read('/tmp/text-u8/out'))))
outs=[]
for blocks in '10':
    subprocess.run([B,'words',blocks,'/tmp/text-u8/in','/tmp/text-u8/out'],check=True); outs.append(read('/tmp/text-u8/out'))
if outs[0]!=outs[1]:
    for i,(a,b) in enumerate(zip(*outs)):
        if a!=b: print('VEC',ascii(texts[i//2]),a,b); break
bad=0
for i,t in enumerate(texts):
    w=words(t)
    e=''.join(x+' ' for x,_ in w).encode()
    p=0;ends=[]
    for x,c in w:
        p+=len(x.encode()); ends.append(f"{p}{'c' if c else ''}"); p+=1
    if e!=outs[0][2*i] or ' '.join(ends).encode()!=outs[0][2*i+1]:
        bad+=1
        if bad<6: print(ascii(t),ascii(e.decode()),ascii(outs[0][2*i].decode('utf8','replace')))
print('words bad',bad)
