package io.github.fapipack.bench;

import io.github.fapipack.httpsig.ContentDigest;
import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.FieldTypes;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpMessage;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.MessageSigner;
import io.github.fapipack.httpsig.MessageVerifier;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.httpsig.SignatureBase;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.httpsig.SigningKey;
import io.github.fapipack.httpsig.VerificationKeys;
import io.github.fapipack.httpsig.VerificationPolicy;
import io.github.fapipack.httpsig.VerifiedSignature;
import io.github.fapipack.httpsig.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a FAPI message signature costs beyond the signature itself. Four ways are timed in turn
 * within one operation, so that other load affects all of them equally:
 *
 * <ol>
 *   <li>plain: the Java platform signs, or verifies, the very bytes of the signature base, which
 *       somebody else has built;
 *   <li>message: {@link MessageSigner} and {@link MessageVerifier}, which read the fields, build
 *       that base and hold the profile's policy. To be compared with the first;
 *   <li>plainAndDigest: the first, and the platform's SHA-256 of the content. RFC 9530 asks for
 *       that hash and no signature of a message with content can do without, so it is no cost of
 *       the library;
 *   <li>messageAndDigest: {@link FapiSignatures}, which also makes or checks Content-Digest: what
 *       an application calls. To be compared with the third.
 * </ol>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HttpSignatures {
  private static final String LABEL = "fapi";
  private static final int WARM_UP = 50_000;
  private static final String KEY_ID = "2026-11";

  /** The verified message is created once, so it must be valid for the whole run. */
  private static final Duration WINDOW = Duration.ofHours(1);

  @Param public PlainSignature algorithm;

  @Param({"request", "response"})
  public String kind;

  private KeyPair keys;
  private SigningKey signingKey;
  private VerificationKeys trusted;
  private FapiSignatures fapi;
  private MessageVerifier verifier;
  private byte[] content;
  private HttpMessage unsigned;
  private HttpMessage withDigest;
  private HttpMessage signed;
  private SignatureInput input;
  private byte[] base;
  private byte[] signature;

  @Setup
  public void prepare() throws GeneralSecurityException, HttpSignatureException {
    keys = algorithm.newKeys();
    signingKey = JcaKeys.signing(KEY_ID, keys.getPrivate(), algorithm.algorithm());
    Map<String, VerifyingKey> known =
        Map.of(KEY_ID, JcaKeys.verifying(keys.getPublic(), algorithm.algorithm()));
    trusted = of -> of.keyId().map(known::get);
    fapi =
        new FapiSignatures(
            VerificationPolicy.at(Clock.systemUTC())
                .withWindow(WINDOW, VerificationPolicy.MAX_SKEW));
    prepareMessage();
    warmUp();
    base =
        SignatureBase.of(signed, input, FieldTypes.REGISTERED).getBytes(StandardCharsets.US_ASCII);
    String value = signed.lines("Signature").get(0);
    signature =
        Base64.getDecoder().decode(value.substring(value.indexOf(':') + 1, value.length() - 1));
    if (!plainVerify()) {
      throw new IllegalStateException("these are not the bytes that the library signs");
    }
  }

  private void prepareMessage() throws HttpSignatureException {
    RequestMessage request = Traffic.request();
    if (kind.equals("request")) {
      unsigned = request;
      content = Traffic.ORDER;
    } else {
      unsigned = Traffic.response(fapi.signRequest(request, Traffic.ORDER, signingKey));
      content = Traffic.ANSWER;
    }
    HttpField digest = ContentDigest.field(content, ContentDigest.Algorithm.SHA_256);
    withDigest =
        unsigned instanceof RequestMessage plain
            ? plain.with(List.of(digest))
            : ((ResponseMessage) unsigned).with(List.of(digest));
    signed = messageAndDigestSign();
  }

  /**
   * Compilers count calls, and a second has only some hundred signatures. So the library is warmed
   * up with a key that costs nothing; the platform's code does not need this, because it consists
   * of loops.
   */
  private void warmUp() throws HttpSignatureException {
    SigningKey slow = signingKey;
    VerificationKeys strict = trusted;
    signingKey = new FreeSigningKey(KEY_ID, new byte[0]);
    VerifyingKey free = new FreeVerifyingKey();
    trusted = of -> Optional.of(free);
    input = messageAndDigestVerify().input();
    verifier = verifier();
    for (int i = 0; i < WARM_UP; i++) {
      messageSign();
      messageAndDigestSign();
      messageVerify();
      messageAndDigestVerify();
    }
    signingKey = slow;
    trusted = strict;
    verifier = verifier();
  }

  private MessageVerifier verifier() {
    return new MessageVerifier(
        fapi.policy().withTag(input.tag().orElseThrow()).withRequired(input.components()), trusted);
  }

  private record FreeSigningKey(String keyId, byte[] signature) implements SigningKey {
    @Override
    public byte[] sign(byte[] base) {
      return signature;
    }
  }

  private record FreeVerifyingKey() implements VerifyingKey {
    @Override
    public boolean isFor(String algorithm) {
      return true;
    }

    @Override
    public boolean verify(byte[] base, byte[] value) {
      return true;
    }
  }

  @Benchmark
  public void sign(Blackhole result, Medians medians)
      throws GeneralSecurityException, HttpSignatureException {
    long start = System.nanoTime();
    result.consume(plainSign());
    long first = System.nanoTime();
    result.consume(messageSign());
    long second = System.nanoTime();
    result.consume(digest());
    result.consume(plainSign());
    long third = System.nanoTime();
    result.consume(messageAndDigestSign());
    long last = System.nanoTime();
    medians.add(first - start, second - first, third - second, last - third);
  }

  @Benchmark
  public void verify(Blackhole result, Medians medians)
      throws GeneralSecurityException, HttpSignatureException {
    long start = System.nanoTime();
    result.consume(plainVerify());
    long first = System.nanoTime();
    result.consume(messageVerify());
    long second = System.nanoTime();
    result.consume(plainVerify());
    result.consume(digest());
    long third = System.nanoTime();
    result.consume(messageAndDigestVerify());
    long last = System.nanoTime();
    medians.add(first - start, second - first, third - second, last - third);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private byte[] plainSign() throws GeneralSecurityException {
    return algorithm.sign(keys.getPrivate(), base);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private boolean plainVerify() throws GeneralSecurityException {
    return algorithm.verify(keys.getPublic(), base, signature);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private byte[] digest() throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private List<HttpField> messageSign() throws HttpSignatureException {
    return new MessageSigner(signingKey).sign(withDigest, LABEL, input);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private VerifiedSignature messageVerify() throws HttpSignatureException {
    return verifier.verify(signed);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private HttpMessage messageAndDigestSign() throws HttpSignatureException {
    return unsigned instanceof RequestMessage request
        ? fapi.signRequest(request, content, signingKey)
        : fapi.signResponse((ResponseMessage) unsigned, content, signingKey);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private VerifiedSignature messageAndDigestVerify() throws HttpSignatureException {
    return signed instanceof RequestMessage request
        ? fapi.verifyRequest(request, content, trusted)
        : fapi.verifyResponse((ResponseMessage) signed, content, trusted);
  }
}
