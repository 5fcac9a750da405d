package io.github.fapipack.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.Audit;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFile.RuleUse;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/** The report for a pipeline: SARIF 2.1.0, with logical locations in the realm. */
public final class SarifReport implements ReportWriter {

  public static final String MEDIA_TYPE = "application/sarif+json";

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final JsonGenerator json;
  private final KeycloakSession session;
  private final String realm;
  private final ProfileFile profile;

  SarifReport(OutputStream out, KeycloakSession session, String realm, ProfileFile profile)
      throws IOException {
    this.json = JsonSerialization.mapper.createGenerator(out);
    this.session = session;
    this.realm = realm;
    this.profile = profile;
  }

  @Override
  public void begin() throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    ObjectNode driver = JsonSerialization.createObjectNode();
    driver
        .put("name", "Keycloak FAPI Pack")
        .put("fullName", "Keycloak FAPI Pack, " + profile.name());
    String version = SarifReport.class.getPackage().getImplementationVersion();
    if (version != null) {
      driver.put("version", version);
    }
    descriptions().forEach((id, text) -> describe(driver, id, text));
    json.writeObjectField("tool", JsonSerialization.createObjectNode().set("driver", driver));
    json.writeArrayFieldStart("results");
  }

  private static void describe(ObjectNode driver, String id, String text) {
    driver
        .withArray("rules")
        .addObject()
        .put("id", id)
        .putObject("shortDescription")
        .put("text", text);
  }

  /** Every rule and check that can have a result. */
  private Map<String, String> descriptions() {
    Map<String, String> texts = new LinkedHashMap<>();
    Audit.CHECKS.forEach(check -> texts.put(check.id(), check.help()));
    new ClientAudit(profile, KeySetFetch.none())
        .checks()
        .forEach(check -> texts.put(check.id(), check.help()));
    texts.put(ClientAudit.BROKEN, "A client's data can be read.");
    for (RuleUse use : profile.rules()) {
      texts.put(use.id(), use.rule(session).map(Rule::getHelpText).orElse(use.id()));
    }
    return texts;
  }

  @Override
  public void finding(Finding finding) throws IOException {
    ObjectNode result = JsonSerialization.createObjectNode();
    result.put("ruleId", finding.rule()).put("level", finding.severity().toString());
    result
        .putObject("message")
        .put("text", finding.problem() + ". What to do: " + finding.remedy() + ".");
    Where where = finding.where();
    String place = place(where);
    ObjectNode location =
        result.putArray("locations").addObject().putArray("logicalLocations").addObject();
    location.put("fullyQualifiedName", place).put("kind", where.kind().name());
    if (where.name() != null) {
      location.put("name", where.name());
    }
    // A pipeline recognizes known results by it.
    result
        .putObject("partialFingerprints")
        .put("fapiFinding/v1", fingerprint(finding.rule() + " " + place + " " + finding.problem()));
    ObjectNode properties = result.putObject("properties").put("repairable", finding.repairable());
    if (finding.clause() != null) {
      properties.put("clause", finding.clause());
    }
    json.writeTree(result);
  }

  private String place(Where where) {
    return realm
        + "/"
        + where.kind()
        + (where.name() == null ? "" : "/" + where.name())
        + (where.pointer().isEmpty() ? "" : "#" + where.pointer());
  }

  private static String fingerprint(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public void end(Summary summary) throws IOException {
    json.writeEndArray();
    json.writeObjectField("properties", summary.json());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
  }
}
