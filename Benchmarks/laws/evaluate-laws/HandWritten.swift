import Glibc

/// Losses and gradients as one would write them by hand for two laws: C library functions, logarithms of the runs
/// taken once, one pass over the runs, coefficients in registers.
struct HandWritten {
    let logParameters: [Double]
    let logTokens: [Double]
    let logUnique: [Double]
    let repetitions: [Double]

    init(parameters: [Double], tokens: [Double], unique: [Double]) {
        logParameters = parameters.map { Glibc.log($0) }
        logTokens = tokens.map { Glibc.log($0) }
        logUnique = zip(tokens, unique).map { Glibc.log(min($0, $1)) }
        repetitions = zip(tokens, unique).map { max($0 / $1 - 1, 0) }
    }

    /// E + A/N^α + B/D^β, in the order E, A, alpha, B, beta.
    func chinchilla(_ c: [Double], _ seeds: [Double], _ losses: inout [Double], _ gradient: inout [Double]) {
        let (e, a, alpha, b, beta) = (c[0], c[1], c[2], c[3], c[4])
        var (dE, dA, dAlpha, dB, dBeta) = (0.0, 0.0, 0.0, 0.0, 0.0)
        logParameters.withUnsafeBufferPointer { logN in
            logTokens.withUnsafeBufferPointer { logD in
                seeds.withUnsafeBufferPointer { seeds in
                    losses.withUnsafeMutableBufferPointer { losses in
                        for row in losses.indices {
                            let size = Glibc.exp(-alpha * logN[row])
                            let data = Glibc.exp(-beta * logD[row])
                            losses[row] = e + a * size + b * data
                            let seed = seeds[row]
                            dE += seed
                            dA += seed * size
                            dAlpha -= seed * a * size * logN[row]
                            dB += seed * data
                            dBeta -= seed * b * data * logD[row]
                        }
                    }
                }
            }
        }
        gradient[0] = dE
        gradient[1] = dA
        gradient[2] = dAlpha
        gradient[3] = dB
        gradient[4] = dBeta
    }

    /// The bounded overfitting law, in the order E, L0, a, alpha, b, beta, c, gamma, rho, delta.
    func bounded(_ x: [Double], _ seeds: [Double], _ losses: inout [Double], _ gradient: inout [Double]) {
        let (e, l0, a, alpha, b, beta, c, gamma, rho, delta) = (
            x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9]
        )
        var g = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        logParameters.withUnsafeBufferPointer { logN in
            logTokens.withUnsafeBufferPointer { logD in
                logUnique.withUnsafeBufferPointer { logU in
                    repetitions.withUnsafeBufferPointer { r in
                        seeds.withUnsafeBufferPointer { seeds in
                            losses.withUnsafeMutableBufferPointer { losses in
                                for row in losses.indices {
                                    let size = Glibc.exp(-alpha * logN[row])
                                    let data = Glibc.exp(-beta * logD[row])
                                    let logR = r[row] > 0 ? Glibc.log(r[row]) : 0
                                    let over =
                                        r[row] > 0
                                        ? Glibc.exp(gamma * logN[row] + rho * logR - delta * logU[row]) : 0
                                    let h = a * size + b * data + c * over
                                    let share = h / (1 + h)
                                    losses[row] = e + (l0 - e) * share
                                    let seed = seeds[row]
                                    let dh = seed * (l0 - e) / ((1 + h) * (1 + h))
                                    g.0 += seed * (1 - share)
                                    g.1 += seed * share
                                    g.2 += dh * size
                                    g.3 -= dh * a * size * logN[row]
                                    g.4 += dh * data
                                    g.5 -= dh * b * data * logD[row]
                                    g.6 += dh * over
                                    g.7 += dh * c * over * logN[row]
                                    g.8 += dh * c * over * logR
                                    g.9 -= dh * c * over * logU[row]
                                }
                            }
                        }
                    }
                }
            }
        }
        let all = [g.0, g.1, g.2, g.3, g.4, g.5, g.6, g.7, g.8, g.9]
        for index in all.indices { gradient[index] = all[index] }
    }
}
