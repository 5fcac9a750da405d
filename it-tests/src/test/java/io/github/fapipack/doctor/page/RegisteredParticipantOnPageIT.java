package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a registration with a software statement leaves is on the page. */
@ExtendWith(ServerLogOnFailure.class)
class RegisteredParticipantOnPageIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @Test
  void showsRolesCertificateAndStatementOfTheRegistration() {
    try (Directory directory = Directory.start(new Brazil(), realm.server());
        Visitor admin = Visitor.admin(realm.server(), realm.name() + "/overview")) {
      SoftwareRegistration registration = SoftwareRegistration.in(realm, directory);
      Software software =
          directory.organisation("Fintech Limitada").software("Contas", "DADOS", "PAGTO");
      String clientId =
          registration.register(software).expectStatus(201).json().path("client_id").asText();

      admin.open(realm.name() + "/participants");
      Locator row = admin.row("Contas");
      assertThat(row).containsText("Fintech Limitada");
      assertThat(row).containsText("DADOS, PAGTO");
      assertThat(row).containsText(clientId);
      assertThat(row).containsText("Last statement: ");
      assertThat(row).containsText("Certificate of the registration");
      admin.picture("participants-registered");
      admin.button("Details: Contas").click();

      assertThat(admin.dialog()).containsText(software.id());
      assertThat(admin.dialog()).containsText(software.organisation().id());
      assertThat(admin.dialog()).containsText("UID=" + software.id());
      assertThat(admin.dialog()).containsText("organizationIdentifier=OFBBR-");
      assertThat(admin.dialog()).not().containsText("=#");
      assertThat(admin.dialog().getByText("Fetch and show all its keys")).isVisible();
      admin.picture("participants-registered-details");
      assertThat(admin.complaints()).isEmpty();
    }
  }
}
