package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/** A user's security key (WebAuthn): ES256, without a counter. */
public final class SecurityKey {
  /** User presence and user verification. */
  private static final byte FLAGS = 0x05;

  private static final int COUNTER_BYTES = 4;

  private final byte[] id = new byte[16];
  private final ECKey key;

  private SecurityKey(ECKey key) {
    this.key = key;
    new SecureRandom().nextBytes(id);
  }

  /** A new key. */
  public static SecurityKey create() {
    try {
      return new SecurityKey(new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Registers the key for a user, in the format of the admin REST API. */
  public ObjectNode addTo(ObjectNode user) {
    user.withArray("/credentials")
        .addObject()
        .put("type", "webauthn")
        .put("userLabel", "Security key")
        .put("secretData", "{}")
        .put(
            "credentialData",
            Json.text(
                Json.object()
                    .put("aaguid", "00000000-0000-0000-0000-000000000000")
                    .put("credentialId", Base64.getEncoder().encodeToString(id))
                    .put("counter", 0)
                    .put("credentialPublicKey", encoded(publicKey()))
                    .put("attestationStatementFormat", "none")
                    .set("transports", Json.object().arrayNode())));
    return user;
  }

  /** The public key in CBOR (RFC 9052 7). */
  private byte[] publicKey() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("a50102032620012158" + "20"));
    out.writeBytes(key.getX().decode());
    out.writeBytes(HexFormat.of().parseHex("225820"));
    out.writeBytes(key.getY().decode());
    return out.toByteArray();
  }

  /** What the browser sends when the user touches the key. */
  public NamedValues touched(URI page, String challenge) {
    byte[] client =
        Json.text(
                Json.object()
                    .put("type", "webauthn.get")
                    .put("challenge", challenge)
                    .put("origin", page.getScheme() + "://" + page.getAuthority()))
            .getBytes(StandardCharsets.UTF_8);
    try {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(sha256(page.getHost().getBytes(StandardCharsets.UTF_8)));
      data.write(FLAGS);
      data.writeBytes(new byte[COUNTER_BYTES]);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.toECPrivateKey());
      signature.update(data.toByteArray());
      signature.update(sha256(client));
      return new NamedValues()
          .set("clientDataJSON", encoded(client))
          .set("authenticatorData", encoded(data.toByteArray()))
          .set("signature", encoded(signature.sign()))
          .set("credentialId", encoded(id));
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
