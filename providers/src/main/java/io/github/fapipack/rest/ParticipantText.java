package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.directory.DirectoryPoll;
import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.expiry.ClientKeyList;
import io.github.fapipack.participants.Decision;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.Software;
import io.github.fapipack.rule.JsonName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/** Participants and their directory as JSON; times are in milliseconds since 1970. */
final class ParticipantText {

  private final AdminRequest admin;
  private final EcosystemProfiles profiles;

  ParticipantText(AdminRequest admin) {
    this.admin = admin;
    this.profiles = EcosystemProfiles.of(admin.realm());
  }

  /** Whether the directory has a list of participants. */
  boolean hasList() {
    return rules().isPresent();
  }

  private Optional<ParticipantsList> rules() {
    return profiles.inUse().map(profile -> profile.directory().status());
  }

  /** The ids of the profiles that the realm can use. */
  ArrayNode available() {
    ArrayNode ids = JsonSerialization.createObjectNode().arrayNode();
    EcosystemProfiles.available(admin.realm()).forEach(ids::add);
    return ids;
  }

  /** The ecosystem, with what is wrong with its profile; null if the realm names none. */
  JsonNode ecosystem() {
    if (!profiles.isNamed()) {
      return NullNode.instance;
    }
    ObjectNode json = JsonSerialization.createObjectNode().put("id", profiles.id());
    json.put("name", profiles.inUse().map(EcosystemProfile::name).orElse(null));
    json.put("version", profiles.inUse().map(EcosystemProfile::version).orElse(null));
    return json.put("problem", profiles.fault().orElse(null));
  }

  /** What is known of the directory's list; null if it has none. */
  JsonNode directory(Participants participants) {
    if (rules().isEmpty()) {
      return NullNode.instance;
    }
    ParticipantsList rules = rules().get();
    DirectoryStatus status =
        participants
            .directory()
            .filter(known -> rules.uri().equals(known.uri()))
            .orElse(DirectoryStatus.unread(rules.uri()));
    return JsonSerialization.createObjectNode()
        .put("uri", rules.uri())
        .put("every", rules.every())
        .put("lastSuccess", status.lastSuccess())
        .put("lastAttempt", status.lastAttempt())
        .put("problem", status.fault())
        .put("heldBack", DirectoryPoll.isHeldBack(status.fault()))
        .put("stale", status.isStale(Time.currentTimeMillis(), rules.staleAfter()))
        .put("staleAfter", rules.staleAfter())
        .put("organisations", status.organisations())
        .put("software", status.software());
  }

  /** How many clients are in each state. */
  ObjectNode counts(Participants participants) {
    Map<ParticipantState, Long> counts = participants.counts();
    ObjectNode json = JsonSerialization.createObjectNode();
    for (ParticipantState state : ParticipantState.values()) {
      json.put(state.jsonName(), counts.getOrDefault(state, 0L));
    }
    return json;
  }

  /** Software with clients and their keys. */
  List<ObjectNode> list(List<Software> page) {
    Map<String, List<DatedKey>> keys =
        ClientKeyList.of(
                admin.session(),
                admin.realm(),
                page.stream().map(Software::clientUuid).filter(Objects::nonNull).toList())
            .stream()
            .collect(Collectors.groupingBy(key -> key.owner().id()));
    return page.stream()
        .map(software -> json(software, keys.getOrDefault(software.clientUuid(), List.of())))
        .toList();
  }

  private ObjectNode json(Software software, List<DatedKey> keys) {
    ClientModel client =
        software.clientUuid() == null ? null : admin.realm().getClientById(software.clientUuid());
    ObjectNode json =
        JsonSerialization.createObjectNode()
            .put("id", software.id())
            .put("softwareId", software.softwareId())
            .put("softwareName", software.softwareName())
            .put("organisationKey", software.organisationRow())
            .put("organisationId", software.organisationId())
            .put("organisationName", software.organisationName())
            .put("organisationState", software.organisationState().jsonName())
            .put("clientId", client == null ? null : client.getClientId())
            .put("clientUuid", client == null ? null : client.getId())
            .put("listed", software.listed())
            .put("state", software.state().jsonName());
    software.decision().ifPresent(decision -> add(json, decision));
    software
        .byAdministrator()
        .ifPresent(decision -> addWithState(json.putObject("byAdministrator"), decision));
    software
        .organisationByAdministrator()
        .ifPresent(
            decision -> addWithState(json.putObject("organisationByAdministrator"), decision));
    ArrayNode roles = json.putArray("roles");
    software.roles().forEach(roles::add);
    json.put("registeredAt", software.registeredAt()).put("statementAt", software.statementAt());
    if (software.certificate() == null) {
      json.putNull("certificate");
    } else {
      json.putObject("certificate")
          .put("subject", software.certificate().subject())
          .put("thumbprint", software.certificate().thumbprint())
          .put("notAfter", software.certificate().notAfter());
    }
    ArrayNode list = json.putArray("keys");
    keys.forEach(key -> list.add(json(key)));
    return json;
  }

  private static void addWithState(ObjectNode json, Decision decision) {
    add(json.put("state", decision.state().jsonName()), decision);
  }

  private static void add(ObjectNode json, Decision decision) {
    json.put("why", decision.why())
        .put("since", decision.since())
        .put("source", JsonName.of(decision.source()))
        .put("by", decision.by())
        .put("onOrganisation", decision.onOrganisation());
  }

  private static ObjectNode json(DatedKey key) {
    return JsonSerialization.createObjectNode()
        .put("kid", key.kid())
        .put("use", key.use())
        .put("alg", key.algorithm())
        .put("notAfter", key.end() == null ? null : Long.valueOf(key.end().toEpochMilli()));
  }
}
