package io.github.fapipack.authority;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * RSA keys whose private key can be found from the public one, whatever their length. There is no
 * list of single keys that are known to be compromised.
 */
final class BadKeys {

  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);
  private static final int MOST_EXPONENT_BITS = 64;

  /** Primes that differ in their lower half only are found within so many steps. */
  private static final int FERMAT_STEPS = 100;

  private static final int[] PRIMES =
      IntStream.rangeClosed(11, 167)
          .filter(n -> BigInteger.valueOf(n).isProbablePrime(20))
          .toArray();

  private BadKeys() {}

  static void refuse(BigInteger modulus, BigInteger exponent) {
    if (exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new RequestFault("the exponent of the RSA key must be 65537");
    }
    if (isRoca(modulus) || hasClosePrimes(modulus)) {
      throw new RequestFault("the RSA key is of a kind that can be broken; generate another one");
    }
  }

  /**
   * Whether a faulty library has made the key, CVE-2017-15361: such a modulus is a power of 65537,
   * modulo each of these primes. Of good keys one in 2^27 seems so.
   */
  static boolean isRoca(BigInteger modulus) {
    return IntStream.of(PRIMES).allMatch(prime -> isPower(modulus, prime));
  }

  private static boolean isPower(BigInteger modulus, int prime) {
    int sought = modulus.mod(BigInteger.valueOf(prime)).intValue();
    int base = LEAST_EXPONENT.mod(BigInteger.valueOf(prime)).intValue();
    int power = 1;
    do {
      if (power == sought) {
        return true;
      }
      power = power * base % prime;
    } while (power != 1);
    return false;
  }

  /** Whether Fermat's method finds the factors, as with CVE-2022-26320. */
  static boolean hasClosePrimes(BigInteger modulus) {
    BigInteger[] root = modulus.sqrtAndRemainder();
    BigInteger a = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
    for (int step = 0; step < FERMAT_STEPS; step++, a = a.add(BigInteger.ONE)) {
      if (a.multiply(a).subtract(modulus).sqrtAndRemainder()[1].signum() == 0) {
        return true;
      }
    }
    return false;
  }
}
