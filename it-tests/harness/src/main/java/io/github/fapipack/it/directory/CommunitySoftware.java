package io.github.fapipack.it.directory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A software of a community. */
public final class CommunitySoftware {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Community community;
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final ClientKeys keys = ClientKeys.of(ClientKeys.es256());

  CommunitySoftware(Community community, String name) {
    this.community = community;
    this.name = name;
  }

  /** A statement that it signs itself, to be changed. */
  public Statement statement() {
    Instant now = Instant.now();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("iss", address());
    members.put("sub", address());
    members.put("iat", now.getEpochSecond());
    members.put("exp", now.plus(LIFETIME).getEpochSecond());
    members.put("jti", UUID.randomUUID().toString());
    members.put("client_name", name);
    members.put("redirect_uris", List.of(redirectUri()));
    members.put("contacts", List.of("mailto:operations@tpp.example"));
    members.put("logo_uri", "https://" + id + ".tpp.example/logo.png");
    members.put("grant_types", List.of("authorization_code", "refresh_token"));
    members.put("response_types", List.of("code"));
    members.put("token_endpoint_auth_method", "private_key_jwt");
    members.put("scope", "openid");
    return showing(new Statement(key(), members), certificate(keyPair()));
  }

  /** The statement with this certificate and its issuers in the header. */
  public static Statement showing(Statement statement, ClientCertificate certificate) {
    List<String> chain = new ArrayList<>();
    try {
      for (X509Certificate each : certificate.chain()) {
        chain.add(Base64.encode(each.getEncoded()).toString());
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
    return statement.header("x5c", chain);
  }

  /** A certificate with a new key. */
  public ClientCertificate certificate() {
    return certificate(Keys.ec());
  }

  /** A certificate for a key. */
  public ClientCertificate certificate(KeyPair pair) {
    return community.authority().issue(order(pair), pair.getPrivate());
  }

  /** The order for a certificate, to be changed and issued. */
  public CertificateOrder order(KeyPair pair) {
    return CertificateOrder.of("CN=" + id + ",O=Clinic,C=US", pair.getPublic())
        .withNames(
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address())));
  }

  /** The key that signs its statements. */
  public KeyPair keyPair() {
    try {
      return key().toECKey().toKeyPair();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWK key() {
    return keys.forAlgorithm("ES256");
  }

  public ClientKeys keys() {
    return keys;
  }

  /** The address in the certificate. */
  private String address() {
    return "https://" + id + ".tpp.example/udap";
  }

  public String redirectUri() {
    return "https://" + id + ".tpp.example/callback";
  }
}
