package io.github.fapipack.report;

import io.github.fapipack.audit.Audit;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.language.Language;
import io.github.fapipack.profile.ProfileFile;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A report that is written while the audit runs.
 *
 * @param client the one client to report on; null for the whole realm
 * @param all whether a report on the whole realm includes its clients
 * @param fetch whether the keys at the clients' jwks_uri are checked as well
 */
public record ReportBody(
    KeycloakSession session,
    RealmModel realm,
    Audit audit,
    ProfileFile profile,
    ClientModel client,
    boolean all,
    boolean sarif,
    boolean fetch)
    implements StreamingOutput {

  @Override
  public void write(OutputStream out) throws IOException {
    ReportWriter writer =
        sarif
            ? new SarifReport(out, session, realm.getName(), profile)
            : new JsonReport(
                out,
                realm.getName(),
                profile,
                Language.of(session.getContext().getRequestHeaders()));
    Summary summary = new Summary();
    writer.begin();
    try (KeySetFetch fetching = fetch ? KeySetFetch.bounded() : KeySetFetch.none()) {
      if (client != null) {
        write(writer, summary, new ClientAudit(profile, fetching).of(session, client));
      } else {
        audit.realm(
            profile,
            finding -> {
              summary.count(finding);
              write(writer, finding);
            });
        if (all) {
          audit.clients(profile, fetching, result -> write(writer, summary, result));
        }
      }
    }
    writer.end(summary);
  }

  private static void write(ReportWriter writer, Summary summary, ClientAudit.Result result) {
    summary.count(result);
    result.findings().forEach(finding -> write(writer, finding));
  }

  private static void write(ReportWriter writer, Finding finding) {
    try {
      writer.finding(finding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
