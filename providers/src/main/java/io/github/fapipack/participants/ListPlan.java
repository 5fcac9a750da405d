package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.participants.PublishedList.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a list of participants would change.
 *
 * @param organisationIds the organisations that change, or whose software does
 * @param active how many organisations are active now
 * @param ended how many of them would not be active any more, or would have no active software
 */
public record ListPlan(List<String> organisationIds, int active, int ended) {

  /**
   * Whether the list would end too many at once, so that an administrator must look at it first. A
   * single organisation may always end.
   */
  public boolean endsMoreThan(int percent) {
    return ended > 1 && ended * 100L > (long) percent * active;
  }

  /** A row of organisations, or of software. */
  private record Row(
      String id,
      String organisationId,
      boolean listed,
      ParticipantState listState,
      String listWhy,
      String name,
      boolean usable) {

    static Row organisation(Object[] row) {
      return new Row(
          (String) row[0],
          (String) row[0],
          (Boolean) row[1],
          (ParticipantState) row[2],
          (String) row[3],
          (String) row[4],
          row[2] == null || row[2] == ParticipantState.ACTIVE);
    }

    static Row software(Object[] row) {
      return new Row(
          (String) row[0],
          (String) row[1],
          (Boolean) row[2],
          (ParticipantState) row[3],
          (String) row[4],
          (String) row[5],
          row[6] == ParticipantState.ACTIVE && row[7] != null);
    }

    boolean differs(Entry entry, boolean reportsMissing) {
      return entry == null
          ? listed && reportsMissing
          : !listed
              || entry.state() != listState
              || !Objects.equals(entry.why(), listWhy)
              || (entry.name() != null && !entry.name().equals(name));
    }

    boolean staysActive(Entry entry, ParticipantState missing) {
      if (entry != null) {
        return entry.state() == ParticipantState.ACTIVE;
      }
      return !listed || missing == ParticipantState.ACTIVE;
    }
  }

  /**
   * Compares a list with what is stored.
   *
   * @param missing the state of what was in the list and is not any more; active for no change
   */
  static ListPlan of(ParticipantTable table, PublishedList list, ParticipantState missing) {
    boolean complete = list.unreadable() == 0;
    ParticipantState gone = complete ? missing : ParticipantState.ACTIVE;
    Set<String> changed = new TreeSet<>();
    Set<String> active = new HashSet<>();
    Set<String> ended = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (Object[] values : table.organisationStates()) {
      Row row = Row.organisation(values);
      known.add(row.id());
      Entry entry = list.organisations().get(row.id());
      if (row.differs(entry, complete)) {
        changed.add(row.id());
      }
      if (row.usable()) {
        active.add(row.id());
        if (!row.staysActive(entry, gone)) {
          ended.add(row.id());
        }
      }
    }
    addNew(changed, list.organisations(), known);
    Set<String> withSoftware = new HashSet<>();
    Set<String> keepSoftware = new HashSet<>();
    known.clear();
    for (Object[] values : table.softwareStates()) {
      Row row = Row.software(values);
      known.add(row.id());
      Entry entry = list.software().get(row.id());
      if (row.differs(entry, complete)) {
        changed.add(row.organisationId());
      }
      if (row.usable()) {
        withSoftware.add(row.organisationId());
        if (row.staysActive(entry, gone)) {
          keepSoftware.add(row.organisationId());
        }
      }
    }
    addNew(changed, list.software(), known);
    withSoftware.removeAll(keepSoftware);
    withSoftware.retainAll(active);
    ended.addAll(withSoftware);
    return new ListPlan(List.copyOf(changed), active.size(), ended.size());
  }

  private static void addNew(Set<String> changed, Map<String, Entry> entries, Set<String> known) {
    entries.forEach(
        (id, entry) -> {
          if (!known.contains(id)) {
            changed.add(entry.organisationId());
          }
        });
  }
}
