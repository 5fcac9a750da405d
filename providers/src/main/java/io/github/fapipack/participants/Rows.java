package io.github.fapipack.participants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.rule.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.util.JsonSerialization;

/** Reads and writes rows of software. */
final class Rows {

  /** The width of the columns for names. */
  static final int NAME = 255;

  /** The width of the columns for reasons. */
  static final int WHY = 500;

  private static final int SUBJECT = 1000;
  private static final int THUMBPRINT = 64;

  /** Further roles are not stored. */
  private static final int MOST_ROLES = 100;

  private Rows() {}

  /** Text as it can be stored and shown; null for nothing. */
  static String text(String text, int longest) {
    return text == null || text.isBlank() ? null : Printable.of(text.strip(), longest);
  }

  static Software read(SoftwareEntity row, OrganisationEntity organisation) {
    return new Software(
        row.id,
        row.softwareId,
        row.name,
        organisation == null ? null : organisation.id,
        row.organisationId,
        organisation == null ? null : organisation.name,
        organisation == null ? ParticipantState.ACTIVE : organisation.state(),
        row.clientUuid,
        roles(row.roles),
        row.listed,
        row.decision(organisation),
        Optional.ofNullable(row.byAdministrator()),
        Optional.ofNullable(organisation).map(OrganisationEntity::byAdministrator),
        row.registeredAt,
        row.statementAt,
        row.certificateSubject == null && row.certificateThumbprint == null
            ? null
            : new Software.Certificate(
                row.certificateSubject, row.certificateThumbprint, row.certificateNotAfter));
  }

  private static List<String> roles(String json) {
    List<String> roles = new ArrayList<>();
    if (json != null) {
      try {
        for (JsonNode role : JsonSerialization.mapper.readTree(json)) {
          roles.add(role.asText());
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The roles of a software cannot be read", e);
      }
    }
    return roles;
  }

  static void write(SoftwareEntity row, NewSoftware statement) {
    row.organisationId = statement.organisationId();
    if (statement.softwareName() != null) {
      row.name = text(statement.softwareName(), NAME);
    }
    row.roles =
        JsonSerialization.mapper
            .valueToTree(
                statement.roles().stream()
                    .limit(MOST_ROLES)
                    .map(role -> Printable.of(role, NAME))
                    .toList())
            .toString();
    if (statement.state() != null) {
      row.state(statement.state(), text(statement.why(), WHY), Time.currentTimeMillis());
    }
    if (statement.statementAt() != null) {
      row.statementAt = statement.statementAt();
    }
    if (statement.certificate() != null) {
      row.certificateSubject = text(statement.certificate().subject(), SUBJECT);
      row.certificateThumbprint = text(statement.certificate().thumbprint(), THUMBPRINT);
      row.certificateNotAfter = statement.certificate().notAfter();
    }
  }

  static StateChange change(
      SoftwareEntity row, OrganisationEntity organisation, ParticipantState before) {
    return new StateChange(
        row.softwareId,
        row.organisationId,
        row.clientUuid,
        before,
        row.state,
        row.decision(organisation));
  }
}
