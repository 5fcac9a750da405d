package io.github.fapipack.scheme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads rows of the tables. */
public final class Rows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /** What a query selects for {@link #organisation(Object[])}. */
  static final String ORGANISATION = "k.id, k.name, k.enabled, o";

  static Organisation organisation(Object[] selected) {
    return organisation(
        (String) selected[0],
        (String) selected[1],
        (Boolean) selected[2],
        (SchemeOrganisationEntity) selected[3]);
  }

  /**
   * An organisation.
   *
   * @param enabled whether it is in Keycloak, whose console can switch it off: that suspends it
   * @param row null for a Keycloak organization about which nothing was decided yet
   */
  static Organisation organisation(
      String id, String name, boolean enabled, SchemeOrganisationEntity row) {
    if (row == null) {
      return new Organisation(
          id, name, null, null, Standing.PENDING, null, Map.of(), Instant.EPOCH, -1);
    }
    return new Organisation(
        id,
        name,
        row.number,
        row.country,
        enabled ? row.standing : row.standing.worse(Standing.SUSPENDED),
        row.why,
        roles(row),
        Instant.ofEpochMilli(row.since),
        row.version);
  }

  /** The roles of an organisation, by name. */
  static Map<String, Standing> roles(SchemeOrganisationEntity row) {
    return new TreeMap<>(read(row.roles, new TypeReference<Map<String, Standing>>() {}));
  }

  /** A software of an organisation. */
  public static Software software(SchemeSoftwareEntity row, Organisation organisation) {
    SoftwareData data = data(row.data);
    return new Software(
        row.id,
        row.organisationId,
        data,
        row.standing,
        row.standing.worse(organisation.standing()),
        row.why,
        roles(data, organisation),
        Instant.ofEpochMilli(row.createdAt),
        Instant.ofEpochMilli(row.changedAt),
        row.version);
  }

  static SoftwareData data(String json) {
    return read(json, new TypeReference<SoftwareData>() {});
  }

  /** The roles of a software with the standing that its organisation has in each. */
  static Map<String, Standing> roles(SoftwareData data, Organisation organisation) {
    Map<String, Standing> roles = new LinkedHashMap<>();
    data.roles().stream()
        .sorted()
        .forEach(
            role -> roles.put(role, organisation.roles().getOrDefault(role, Standing.WITHDRAWN)));
    return roles;
  }

  /** A published key. */
  public static PublishedKey key(SchemeKeyEntity row) {
    return new PublishedKey(
        row.id,
        row.organisationId,
        row.softwareId,
        row.kid,
        row.jwk,
        row.serial,
        Instant.ofEpochMilli(row.addedAt),
        row.revokedAt == null ? null : Instant.ofEpochMilli(row.revokedAt));
  }

  static Proof proof(SchemeProofEntity row) {
    return new Proof(
        row.id,
        row.organisationId,
        row.softwareId,
        row.name,
        row.bytes,
        row.sha256,
        row.uploadedBy,
        Instant.ofEpochMilli(row.uploadedAt),
        row.standing,
        row.why);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of the directory cannot be read", e);
    }
  }
}
