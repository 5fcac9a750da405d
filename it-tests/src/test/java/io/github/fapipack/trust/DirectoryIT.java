package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.UnitedKingdom;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.TestServer;
import java.net.URI;
import java.security.KeyPair;
import java.security.SignatureException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directory in a box as other tests use it: what it says, and what the harness changes. */
class DirectoryIT {
  private static final Map<String, String> NAMES =
      Map.of("2.5.4.5", "SERIALNUMBER", "0.9.2342.19200300.100.1.1", "UID");

  private static Directory brazil;
  private static Directory uk;
  private static Directory australia;
  private static HttpTransport anyone;

  @BeforeAll
  static void start() {
    anyone = new HttpTransport(TestServer.get().pki().sslContext(null), false);
    brazil = Directory.start(new Brazil(), TestServer.get());
    uk = Directory.start(new UnitedKingdom(), TestServer.get());
    australia = Directory.start(new ConsumerDataRight(), TestServer.get());
  }

  @AfterAll
  static void stop() {
    directories().forEach(Directory::close);
  }

  static List<Directory> directories() {
    return List.of(brazil, uk, australia);
  }

  private static HttpExchange get(URI address) {
    return anyone.send("GET", address, new NamedValues(), "");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("directories")
  void theBoxSignsAStatementWithAPublishedKey(Directory directory) throws Exception {
    Software software = directory.organisation("Bank").software("App");

    JWSObject statement = JWSObject.parse(software.statement().sign());

    JWK key =
        JWKSet.parse(get(directory.jwksUri()).body())
            .getKeyByKeyId(statement.getHeader().getKeyID());
    assertThat(statement.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    assertThat(statement.getPayload().toJSONObject()).containsEntry("software_id", software.id());
    JWKSet published = JWKSet.parse(get(software.jwksUri()).body());
    assertThat(published.getKeys())
        .extracting(JWK::getKeyID)
        .containsExactly(software.keys().forAlgorithm("PS256").getKeyID());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("directories")
  void aCertificateNamesTheSoftwareAndSaysWhereItsStateIsKnown(Directory directory)
      throws Exception {
    Software software = directory.organisation("Bank").software("App");

    ClientCertificate certificate = software.certificate();

    certificate.certificate().verify(directory.certificates().authority().keys().getPublic());
    assertThat(certificate.certificate().getSubjectX500Principal().getName("RFC2253", NAMES))
        .contains(software.id());
    assertThat(certificate.certificate().getNonCriticalExtensionOIDs())
        .contains("1.3.6.1.5.5.7.1.1", "2.5.29.31");
  }

  @Test
  void anImitatedCertificateHasTheSameNamesFromAnotherAuthority() {
    Software software = brazil.organisation("Imitated").software("App");
    CertificateAuthority stranger =
        TestServer.get().pki().clientCa().subordinate(Directory.AUTHORITY);

    KeyPair keys = Keys.ec();
    ClientCertificate imitated =
        stranger.issue(brazil.certificates().order(software, keys), keys.getPrivate());

    assertThat(imitated.subject()).isEqualTo(software.certificate().subject());
    assertThat(imitated.issuer()).isEqualTo(software.certificate().issuer());
    assertThatThrownBy(
            () ->
                imitated.certificate().verify(brazil.certificates().authority().keys().getPublic()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void anOlderKeyStaysPublishedUntilItIsDropped() throws Exception {
    String first = uk.keys().current().getKeyID();

    uk.keys().rotate();
    JWKSet both = JWKSet.parse(get(uk.jwksUri()).body());
    uk.keys().dropOlder();
    JWKSet one = JWKSet.parse(get(uk.jwksUri()).body());

    assertThat(both.getKeys()).extracting(JWK::getKeyID).contains(first).hasSize(2);
    assertThat(one.getKeys())
        .extracting(JWK::getKeyID)
        .containsExactly(uk.keys().current().getKeyID());
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    Organisation bank = brazil.organisation("Listed");
    int requests = brazil.participants().requests();
    int unchanged = brazil.participants().unchanged();
    String tag = get(brazil.participantsUri()).header("ETag");
    NamedValues known = new NamedValues().set("If-None-Match", tag);

    int before = anyone.send("GET", brazil.participantsUri(), known, "").status();
    bank.state("Withdrawn");
    HttpExchange after = anyone.send("GET", brazil.participantsUri(), known, "");

    assertThat(before).isEqualTo(304);
    assertThat(after.status()).isEqualTo(200);
    assertThat(brazil.participants().requests()).isEqualTo(requests + 3);
    assertThat(brazil.participants().unchanged()).isEqualTo(unchanged + 1);
  }

  @Test
  void statesAreThoseThatTheBoxGivesUnlessTheListIsToLie() {
    Software software = australia.organisation("Recipient").software("App");

    software.state("INACTIVE");
    assertThat(states(software)).containsExactly("ACTIVE", "INACTIVE");
    software.organisation().state("REVOKED");
    assertThat(states(software)).containsExactly("REVOKED", "REMOVED");
    software.organisation().listedAs("GREAT");
    assertThat(states(software)).containsExactly("GREAT", "REMOVED");
    assertThatThrownBy(() -> software.state("GREAT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("listedAs");
  }

  /** The states of the organisation and its software in the list. */
  private static List<String> states(Software software) {
    for (JsonNode entry : get(australia.participantsUri()).json().path("data")) {
      if (entry.path("legalEntityId").asText().equals(software.organisation().id())) {
        return List.of(
            entry.path("status").asText(),
            entry.at("/dataRecipientBrands/0/softwareProducts/0/status").asText());
      }
    }
    return List.of();
  }
}
