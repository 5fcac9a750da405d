package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.scheme.CertificateRequests;
import io.github.fapipack.it.scheme.Scheme;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes are one directory, also while one of them dies. */
@Tag("alone")
class CertificateClusterIT {
  private static final int AT_ONCE = 6;
  private static final int ENOUGH = 8;

  private static TestCluster cluster;
  private static TestRealm realm;
  private static Scheme one;
  private static Scheme two;
  private static JsonNode organisation;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.get();
    realm = cluster.realm("fapi-directory");
    one = Scheme.in(cluster.one(), realm.name());
    two = Scheme.in(cluster.two(), realm.name());
    organisation = one.organisation("Bank", "12345678", "BR");
  }

  @AfterAll
  static void deleteRealm() {
    cluster.complete();
    realm.close();
  }

  @BeforeEach
  void bothNodesLive() {
    cluster.complete();
  }

  @Test
  void whatIsRevokedAtOneNodeIsInTheListOfTheOther() throws Exception {
    Scheme.Member software = one.software(organisation, "Revoked");
    ClientCertificate certificate = one.certificate(software);
    assertThat(isRevoked(cluster.one(), certificate.certificate())).isFalse();
    assertThat(isRevoked(cluster.two(), certificate.certificate())).isFalse();

    String serial = certificate.certificate().getSerialNumber().toString(16);
    two.operate(
        "POST",
        "certificates/" + serial + "/revocation",
        Json.object().put("reason", "key-compromise"));

    assertThat(isRevoked(cluster.one(), certificate.certificate())).isTrue();
    assertThat(isRevoked(cluster.two(), certificate.certificate())).isTrue();
  }

  @Test
  void aNodeThatDiesWhileItIssuesLosesNoCertificateAndGivesNoSerialTwice() throws Exception {
    List<Scheme.Member> members = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      members.add(one.software(organisation, "Issued " + i));
    }
    List<String> given = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    for (Scheme.Member member : members) {
      threads.execute(() -> orderUntilRefused(member, given));
    }
    Await.atMost(Duration.ofSeconds(90)).until("certificates", () -> given.size() >= ENOUGH);
    cluster.one().kill();
    threads.shutdown();
    assertThat(threads.awaitTermination(90, TimeUnit.SECONDS)).isTrue();

    for (Scheme.Member member : members) {
      two.certificate(member); // the other node goes on, and no lock is left behind
    }
    Set<String> listed = new HashSet<>();
    JsonNode list = two.operate("GET", "certificates?max=500", null);
    list.path("entries").forEach(entry -> listed.add(entry.path("serial").asText()));
    assertThat(listed).hasSize(list.path("total").asInt()).containsAll(given);
    assertThat(new HashSet<>(given)).hasSameSizeAs(given);
  }

  private static void orderUntilRefused(Scheme.Member member, List<String> given) {
    try {
      for (int i = 0; i < 15; i++) {
        given.add(
            one.operate(
                    "POST",
                    "software/" + member.software() + "/certificates",
                    Json.object()
                        .put("use", "transport")
                        .put("request", CertificateRequests.of(Keys.ec())))
                .path("serial")
                .asText());
      }
    } catch (AdminFailure | UncheckedIOException e) {
      // the node is dead
    }
  }

  private static boolean isRevoked(ClusterNode node, X509Certificate certificate)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpClient client = HttpClient.newBuilder().sslContext(node.pki().sslContext(null)).build();
    byte[] list =
        client
            .send(
                HttpRequest.newBuilder(node.address().resolve(listPath(certificate))).build(),
                BodyHandlers.ofByteArray())
            .body();
    X509CRL crl =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
    return crl.isRevoked(certificate);
  }

  private static String listPath(X509Certificate certificate) throws IOException {
    CRLDistPoint points =
        CRLDistPoint.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(certificate.getExtensionValue("2.5.29.31")));
    GeneralNames names =
        GeneralNames.getInstance(
            points.getDistributionPoints()[0].getDistributionPoint().getName());
    return URI.create(names.getNames()[0].getName().toString()).getPath();
  }
}
