package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.resourceserver.jws.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces for proofs (RFC 9449 9) without a store: a keyed hash of the time, which every node with
 * the same secret knows. A nonce is taken for one period and a part of the next.
 */
public final class DpopNonces {
  private static final String HMAC = "HmacSHA256";
  private static final byte[] PURPOSE = "fapi dpop nonce ".getBytes(StandardCharsets.US_ASCII);
  private static final int SHORTEST_SECRET = 32;
  private static final int LENGTH = 16;

  private final List<SecretKeySpec> secrets;
  private final long seconds;
  private volatile Period known = new Period(Long.MIN_VALUE, "", List.of());

  /** The nonces of one period: what is handed out, and what else is taken. */
  private record Period(long number, String current, List<String> others) {}

  private DpopNonces(List<SecretKeySpec> secrets, Duration period) {
    this.secrets = secrets;
    this.seconds = period.toSeconds();
    if (seconds < 1) {
      throw new IllegalArgumentException("a period of nonces has a second at least");
    }
  }

  /**
   * Nonces that change every five minutes.
   *
   * @param secret at least 32 random bytes, the same on all nodes
   * @throws IllegalArgumentException if it is shorter
   */
  public static DpopNonces of(byte[] secret) {
    return new DpopNonces(List.of(key(secret)), Duration.ofMinutes(5));
  }

  /**
   * Takes the nonces of the secret before, too. To change the secret without refusing anybody, let
   * all nodes have the new one as previous, then as current with the old one as previous, then
   * alone.
   */
  public DpopNonces previous(byte[] secret) {
    return new DpopNonces(List.of(secrets.get(0), key(secret)), Duration.ofSeconds(seconds));
  }

  /** Nonces that change that often. */
  public DpopNonces every(Duration period) {
    return new DpopNonces(secrets, period);
  }

  /** The nonce to hand out. */
  String current(Instant now) {
    return at(now).current;
  }

  /** Whether a proof may have this nonce. */
  boolean isTaken(String nonce, Instant now) {
    Period period = at(now);
    return nonce.equals(period.current) || period.others.contains(nonce);
  }

  /** The nonce that a client should use from now on, if it is not the one that it has used. */
  Optional<String> next(String used, Instant now) {
    String current = current(now);
    return used.equals(current) ? Optional.empty() : Optional.of(current);
  }

  private Period at(Instant now) {
    long number = Math.floorDiv(now.getEpochSecond(), seconds);
    Period period = known;
    if (period.number != number) {
      period = period(number);
      known = period;
    }
    return period;
  }

  /** The next period belongs to it, since the clock of another node may be fast. */
  private Period period(long number) {
    List<String> all = new ArrayList<>();
    for (SecretKeySpec secret : secrets) {
      for (long near = number - 1; near <= number + 1; near++) {
        all.add(nonce(secret, near));
      }
    }
    return new Period(number, nonce(secrets.get(0), number), List.copyOf(all));
  }

  private static String nonce(SecretKeySpec secret, long period) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      mac.update(PURPOSE);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(period).flip());
      return Base64Url.encode(Arrays.copyOf(mac.doFinal(), LENGTH));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static SecretKeySpec key(byte[] secret) {
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException("the secret of the nonces must have 32 bytes at least");
    }
    return new SecretKeySpec(secret, HMAC);
  }
}
