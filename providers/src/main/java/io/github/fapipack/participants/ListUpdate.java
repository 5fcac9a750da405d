package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.participants.PublishedList.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the stored participants of a realm in line with the directory's list. */
final class ListUpdate {

  private final String realmId;
  private final PublishedList list;
  private final ParticipantState missing;
  private final Map<String, Map<String, Entry>> softwareByOrganisation;

  /**
   * @param missing the state of what was in the list and is not any more; active for no change
   */
  ListUpdate(String realmId, PublishedList list, ParticipantState missing) {
    this.realmId = realmId;
    this.list = list;
    this.missing = missing;
    this.softwareByOrganisation = list.softwareByOrganisation();
  }

  /** What would change. */
  ListPlan plan(ParticipantTable table) {
    return ListPlan.of(table, list, missing);
  }

  /** The changes of states, in the transaction of the table. */
  List<StateChange> apply(ParticipantTable table, List<String> organisationIds, long now) {
    Map<String, OrganisationEntity> organisations = organisations(table, organisationIds, now);
    List<StateChange> changes = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (SoftwareEntity row : table.softwareOf(organisationIds)) {
      known.add(row.softwareId);
      update(row, list.software().get(row.softwareId), now);
      OrganisationEntity organisation = organisations.get(row.organisationId);
      ParticipantState before = row.settle(organisation);
      if (before != row.state) {
        changes.add(Rows.change(row, organisation, before));
      }
    }
    Map<String, Entry> added = new HashMap<>();
    organisationIds.forEach(id -> added.putAll(softwareByOrganisation.getOrDefault(id, Map.of())));
    added.keySet().removeAll(known);
    added.keySet().removeAll(table.knownSoftware(List.copyOf(added.keySet())));
    added.forEach((id, entry) -> table.add(row(id, entry, organisations, now)));
    table.flush();
    return changes;
  }

  private SoftwareEntity row(
      String id, Entry entry, Map<String, OrganisationEntity> organisations, long now) {
    SoftwareEntity row = new SoftwareEntity(realmId, id, entry.organisationId(), entry.name());
    update(row, entry, now);
    row.settle(organisations.get(entry.organisationId()));
    return row;
  }

  private Map<String, OrganisationEntity> organisations(
      ParticipantTable table, Collection<String> ids, long now) {
    Map<String, OrganisationEntity> rows = table.locked(ids);
    for (String id : ids) {
      Entry entry = list.organisations().get(id);
      OrganisationEntity row = rows.get(id);
      if (row == null && entry != null) {
        row = new OrganisationEntity(realmId, id, entry.name());
        table.add(row);
        rows.put(id, row);
      }
      if (row != null) {
        update(row, entry, now);
      }
    }
    return rows;
  }

  private void update(OrganisationEntity row, Entry entry, long now) {
    if (entry != null) {
      row.name = entry.name() == null ? row.name : entry.name();
      row.list(entry.state(), entry.why(), now);
      row.listed = true;
    } else if (row.listed && list.unreadable() == 0) {
      row.listed = false;
      if (missing != ParticipantState.ACTIVE) {
        row.list(missing, null, now);
      }
    }
  }

  private void update(SoftwareEntity row, Entry entry, long now) {
    if (entry != null) {
      row.name = entry.name() == null ? row.name : entry.name();
      row.list(entry.state(), entry.why(), now);
      row.listed = true;
    } else if (row.listed && list.unreadable() == 0) {
      row.listed = false;
      if (missing != ParticipantState.ACTIVE) {
        row.list(missing, null, now);
      }
    }
  }
}
