package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RSA keys that can be broken. */
class BadKeysTest {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private final Random random = new Random(1);

  @Test
  void ordinaryKeysAreNotRefused() {
    RSAPublicKey key = (RSAPublicKey) Requests.rsa(2048, 65537).getPublic();

    BadKeys.refuse(key.getModulus(), key.getPublicExponent());
  }

  @Test
  void keysOfTheFaultyLibraryAreRefused() {
    BigInteger modulus = faultyPrime().multiply(faultyPrime());

    assertThat(BadKeys.isRoca(modulus)).isTrue();
    assertThatThrownBy(() -> BadKeys.refuse(modulus, EXPONENT))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("can be broken");
  }

  /** k * M + (65537^a mod M), where M is the product of the first primes. */
  private BigInteger faultyPrime() {
    BigInteger product = BigInteger.ONE;
    for (int n = 2; n <= 167; n++) {
      BigInteger number = BigInteger.valueOf(n);
      product = number.isProbablePrime(20) ? product.multiply(number) : product;
    }
    while (true) {
      BigInteger candidate =
          new BigInteger(700, random)
              .multiply(product)
              .add(EXPONENT.modPow(new BigInteger(64, random), product));
      if (candidate.isProbablePrime(20)) {
        return candidate;
      }
    }
  }

  @Test
  void keysWithPrimesCloseToEachOtherAreRefused() {
    BigInteger prime = BigInteger.probablePrime(1024, random);
    BigInteger modulus = prime.multiply(prime.nextProbablePrime());

    assertThat(BadKeys.hasClosePrimes(modulus)).isTrue();
    assertThatThrownBy(() -> BadKeys.refuse(modulus, EXPONENT)).isInstanceOf(RequestFault.class);
  }

  @Test
  void aSquareIsRefused() {
    BigInteger prime = BigInteger.probablePrime(1024, random);

    assertThat(BadKeys.hasClosePrimes(prime.multiply(prime))).isTrue();
  }
}
