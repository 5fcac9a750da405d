package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * UDAP Security STU 2.0: there is no directory, only an authority for certificates. A software
 * signs its own statements, and shows the certificate of the key in the header.
 */
public final class Udap implements Ecosystem {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  @Override
  public String issuer() {
    return "";
  }

  @Override
  public JWK newKey() {
    return ClientKeys.es256();
  }

  @Override
  public String active() {
    return "active";
  }

  @Override
  public List<String> roles() {
    return List.of();
  }

  /** The address in the certificate. */
  private static String name(Software software) {
    return "https://" + software.id() + ".tpp.example/udap";
  }

  @Override
  public Map<String, Object> statement(Software software) {
    Instant now = Instant.now();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("iss", name(software));
    members.put("sub", name(software));
    members.put("iat", now.getEpochSecond());
    members.put("exp", now.plus(LIFETIME).getEpochSecond());
    members.put("jti", UUID.randomUUID().toString());
    members.put("client_name", software.name());
    members.put("redirect_uris", software.redirectUris());
    members.put("contacts", List.of("mailto:operations@tpp.example"));
    members.put("logo_uri", "https://" + software.id() + ".tpp.example/logo.png");
    members.put("grant_types", List.of("authorization_code", "refresh_token"));
    members.put("response_types", List.of("code"));
    members.put("token_endpoint_auth_method", "private_key_jwt");
    members.put("scope", "openid");
    return members;
  }

  @Override
  public JWK signer(Software software) {
    return software.keys().forAlgorithm("ES256");
  }

  @Override
  public Map<String, Object> header(Software software) {
    try {
      ClientCertificate certificate =
          software
              .organisation()
              .directory()
              .certificates()
              .issue(software, signer(software).toECKey().toKeyPair());
      List<String> chain = new ArrayList<>();
      for (X509Certificate each : certificate.chain()) {
        chain.add(Base64.encode(each.getEncoded()).toString());
      }
      return Map.of("x5c", chain);
    } catch (CertificateEncodingException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public JsonNode participants(Collection<Organisation> organisations) {
    return Json.object().arrayNode();
  }

  @Override
  public X500Name subject(Software software) {
    return new Subject()
        .with(BCStyle.C, "US")
        .with(BCStyle.O, software.organisation().name())
        .with(BCStyle.CN, software.id())
        .build();
  }

  @Override
  public GeneralNames alternativeNames(Software software) {
    return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, name(software)));
  }
}
