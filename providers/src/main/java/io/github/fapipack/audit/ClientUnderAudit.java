package io.github.fapipack.audit;

import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ClientFields;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.Where;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A client that is compared with a profile. Each check works on the representation as the previous
 * ones left it, so that repairs add up; nothing is stored.
 */
final class ClientUnderAudit {

  private final KeycloakSession session;
  private final ProfileFile profile;
  private final ClientModel stored;
  private final ClientRepresentation representation;
  private final Where where;
  private final Consumer<Finding> findings;
  private Map<String, Object> state;

  ClientUnderAudit(
      KeycloakSession session,
      ProfileFile profile,
      ClientModel stored,
      ClientRepresentation representation,
      Consumer<Finding> findings) {
    this.session = session;
    this.profile = profile;
    this.stored = stored;
    this.representation = representation;
    this.where =
        new Where(Where.Kind.client, representation.getClientId(), representation.getId(), "");
    this.findings = findings;
    if (representation.getAttributes() == null) {
      representation.setAttributes(new HashMap<>());
    }
    this.state = ClientFields.read(representation);
  }

  KeycloakSession session() {
    return session;
  }

  ProfileFile profile() {
    return profile;
  }

  ClientModel stored() {
    return stored;
  }

  ClientRepresentation representation() {
    return representation;
  }

  Where where() {
    return where;
  }

  /** An attribute; null if there is none or it is blank. */
  String attribute(String name) {
    String value = representation.getAttributes().get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Removes an attribute by setting it to empty; an absent one would mean unchanged. */
  void remove(String attribute) {
    representation.getAttributes().put(attribute, "");
  }

  boolean isOn(String attribute) {
    return Boolean.parseBoolean(attribute(attribute));
  }

  /** The changes of the representation since the last call. */
  List<Change> changes() {
    Map<String, Object> now = ClientFields.read(representation);
    List<Change> changes = ClientFields.differences(where, state, now);
    state = now;
    return changes;
  }

  void report(Finding finding) {
    findings.accept(finding);
  }
}
