package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A list of participants as a directory publishes it, by the directory's ids. */
public final class PublishedList {

  /**
   * What the list says of an organisation or of a software.
   *
   * @param organisationId the directory's id of the organisation
   * @param why the directory's name of the state; null if it has none
   */
  public record Entry(String organisationId, String name, ParticipantState state, String why) {

    private Entry worse(Entry other) {
      return other.state.compareTo(state) > 0 ? other : this;
    }
  }

  private final Map<String, Entry> organisations = new LinkedHashMap<>();
  private final Map<String, Entry> software = new LinkedHashMap<>();
  private int unreadable;

  /** Adds an organisation; if the list names it several times, the worst state counts. */
  public void organisation(String id, String name, ParticipantState state, String why) {
    organisations.merge(id, entry(id, name, state, why), Entry::worse);
  }

  /** Adds a software; if the list names it several times, the worst state counts. */
  public void software(
      String id, String organisationId, String name, ParticipantState state, String why) {
    software.merge(id, entry(organisationId, name, state, why), Entry::worse);
  }

  private static Entry entry(
      String organisationId, String name, ParticipantState state, String why) {
    return new Entry(organisationId, Rows.text(name, Rows.NAME), state, Rows.text(why, Rows.WHY));
  }

  /** Counts an entry that cannot be read. */
  public void skip() {
    unreadable++;
  }

  /** How many entries cannot be read; then nothing counts as missing. */
  public int unreadable() {
    return unreadable;
  }

  /** How many organisations and software it has. */
  public int size() {
    return organisations.size() + software.size();
  }

  public int organisationCount() {
    return organisations.size();
  }

  public int softwareCount() {
    return software.size();
  }

  Map<String, Entry> organisations() {
    return organisations;
  }

  Map<String, Entry> software() {
    return software;
  }

  /** The software by organisation. */
  Map<String, Map<String, Entry>> softwareByOrganisation() {
    Map<String, Map<String, Entry>> grouped = new HashMap<>();
    software.forEach(
        (id, entry) ->
            grouped
                .computeIfAbsent(entry.organisationId(), organisation -> new LinkedHashMap<>())
                .put(id, entry));
    return grouped;
  }
}
