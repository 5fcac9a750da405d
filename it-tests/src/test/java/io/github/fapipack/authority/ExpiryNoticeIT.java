package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.time.Await;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people are told before certificates expire. */
class ExpiryNoticeIT {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static SchemeRealm scheme;

  @BeforeAll
  static void create() {
    scheme = SchemeRealm.create();
  }

  @AfterAll
  static void delete() {
    scheme.close();
  }

  @Test
  void thoseWhoLookAfterCertificatesGetOneMail() throws Exception {
    String organisation = scheme.organisation();
    String software = scheme.software(organisation);
    member(organisation, "technical", "tess");
    member(organisation, "others", "oscar");
    ClientCertificate certificate = scheme.issue(software, "transport");
    try (MailSink mails = MailSink.start()) {
      ObjectNode settings = Json.object();
      settings
          .putObject("smtpServer")
          .put("host", "127.0.0.1")
          .put("port", String.valueOf(mails.port()))
          .put("from", "directory@scheme.example");
      settings.set(
          "attributes",
          admin().realm(realm()).withObject("/attributes").put("fapi.scheme.notice-days", "400"));
      admin().updateRealm(realm(), settings);

      Await.atMost(LONGEST).until("mail", () -> !mails.mails().isEmpty());
      Await.atMost(LONGEST).until("event", () -> !events(certificate).isEmpty());

      // A second certificate is told of alone.
      ClientCertificate next = scheme.issue(scheme.software(organisation), "transport");
      Await.atMost(LONGEST).until("second mail", () -> mails.mails().size() > 1);
      assertThat(mails.mails()).hasSize(2);
      assertThat(mails.mails().get(0))
          .contains("To: tess@bank.example", serial(certificate.certificate()))
          .contains("Certificates expire soon", "text/html")
          .doesNotContain("oscar");
      assertThat(mails.mails().get(1))
          .contains(serial(next.certificate()))
          .doesNotContain(serial(certificate.certificate()));
    }
    assertThat(events(certificate))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.at("/details/fapi_certificate_notice_days").asText())
                    .isEqualTo("400"));
  }

  private static String serial(X509Certificate certificate) {
    return SerialNumber.text(certificate.getSerialNumber());
  }

  private static List<JsonNode> events(ClientCertificate certificate) {
    return StreamSupport.stream(admin().events(realm(), "CLIENT_UPDATE").spliterator(), false)
        .filter(
            event ->
                event
                    .at("/details/fapi_certificate_serial")
                    .asText()
                    .equals(serial(certificate.certificate())))
        .toList();
  }

  private static String realm() {
    return scheme.realm().name();
  }

  private static AdminClient admin() {
    return scheme.realm().admin();
  }

  /** A member with a duty, through Keycloak's own means. */
  private static void member(String organisation, String duty, String name) {
    String user =
        admin()
            .createUser(
                realm(),
                Json.object()
                    .put("username", name)
                    .put("enabled", true)
                    .put("firstName", name)
                    .put("lastName", name)
                    .put("email", name + "@bank.example"));
    String path = "/" + realm() + "/organizations/" + organisation;
    sent("POST", path + "/members", Json.object().textNode(user));
    AdminResponse made = admin().send("POST", path + "/groups", Json.object().put("name", duty));
    String group =
        made.status() == 201
            ? made.location().replaceAll(".*/", "")
            : admin().get(path + "/groups?search=" + duty).get(0).path("id").asText();
    sent("PUT", path + "/groups/" + group + "/members/" + user, null);
  }

  private static void sent(String method, String path, JsonNode body) {
    AdminResponse answer = admin().send(method, path, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201, 204);
  }
}
