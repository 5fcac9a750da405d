package io.github.fapipack.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.language.Language;
import io.github.fapipack.profile.ProfileFile;
import java.io.IOException;
import java.io.OutputStream;
import org.keycloak.common.util.Time;
import org.keycloak.util.JsonSerialization;

/** The report for programs that know the pack, and for its own page. */
public final class JsonReport implements ReportWriter {

  private final JsonGenerator json;
  private final String realm;
  private final ProfileFile profile;
  private final Language language;

  JsonReport(OutputStream out, String realm, ProfileFile profile, Language language)
      throws IOException {
    this.json = JsonSerialization.mapper.createGenerator(out);
    this.realm = realm;
    this.profile = profile;
    this.language = language;
  }

  @Override
  public void begin() throws IOException {
    json.writeStartObject();
    json.writeStringField("realm", realm);
    json.writeStringField("profile", profile.name());
    json.writeNumberField("time", Time.currentTimeMillis());
    json.writeArrayFieldStart("findings");
  }

  @Override
  public void finding(Finding finding) throws IOException {
    json.writeTree(language.translate(tree(finding)));
  }

  @Override
  public void end(Summary summary) throws IOException {
    json.writeEndArray();
    json.writeObjectField("summary", summary.json());
    json.writeEndObject();
    json.flush();
  }

  /** One finding in the form of the API. */
  public static ObjectNode tree(Finding finding) {
    ObjectNode tree = JsonSerialization.createObjectNode();
    tree.put("severity", finding.severity().toString());
    tree.put("rule", finding.rule());
    if (finding.clause() != null) {
      tree.put("clause", finding.clause());
    }
    tree.set("where", JsonSerialization.mapper.valueToTree(finding.where()));
    tree.put("problem", finding.problem());
    tree.put("remedy", finding.remedy());
    tree.put("repairable", finding.repairable());
    if (finding.repairable()) {
      tree.set("changes", JsonSerialization.mapper.valueToTree(finding.changes()));
    }
    return tree;
  }
}
