package io.github.fapipack.directory;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.Directory.Level;
import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.MemberPath;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.participants.NewSoftware;
import io.github.fapipack.participants.PublishedList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the list of participants of a directory, one organisation at a time. A document that is not
 * such a list is refused as a whole; an entry that cannot be read is skipped and counted.
 */
final class ListReader {

  /** Organisations and software of one list. */
  private static final int MOST = 200_000;

  /** A document of a directory that is not a list of participants. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String problem) {
      super(problem);
    }
  }

  /** What is known of an entry from itself and those around it. */
  private record State(ParticipantState state, String name) {

    State worse(State other) {
      return other.state.compareTo(state) > 0 ? other : this;
    }
  }

  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final ParticipantsList rules;
  private final List<Level> below;
  private final PublishedList list = new PublishedList();

  private ListReader(ParticipantsList rules) {
    this.rules = rules;
    this.below = rules.levels().subList(1, rules.levels().size());
  }

  /**
   * Reads a list.
   *
   * @throws Unreadable with a sentence for the administrator
   */
  static PublishedList read(byte[] document, ParticipantsList rules) throws Unreadable {
    ListReader reader = new ListReader(rules);
    String items = rules.levels().get(0).items().toString();
    String[] place = items.split("/\\*(?=/|$)", 2);
    MemberPath rest = new MemberPath(place.length == 1 ? "" : place[1]);
    try {
      if (!StrictJson.elements(
          document, names(place[0]), element -> reader.element(element, rest))) {
        throw new Unreadable("the document has no list at " + items);
      }
    } catch (TooMany e) {
      throw new Unreadable("the list has more than " + MOST + " entries");
    } catch (JsonProcessingException e) {
      throw new Unreadable("the document is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reader.list;
  }

  private static List<String> names(String place) {
    List<String> names = new ArrayList<>();
    for (JsonPointer at = JsonPointer.compile(place); !at.matches(); at = at.tail()) {
      names.add(at.getMatchingProperty());
    }
    return names;
  }

  private void element(JsonNode element, MemberPath rest) {
    if (element.isNull()) {
      list.skip();
    }
    rest.all(element).forEach(this::organisation);
  }

  private void organisation(JsonNode entry) {
    Level level = rules.levels().get(0);
    Optional<String> id = id(level, entry);
    if (id.isEmpty()) {
      list.skip();
      return;
    }
    State state = state(level, entry);
    list.organisation(id.get(), name(level, entry), state.state(), state.name());
    requireRoom();
    State free = new State(ParticipantState.ACTIVE, null);
    descend(id.get(), entry, 0, free);
  }

  /** Reads the levels below that of organisations. */
  private void descend(String organisationId, JsonNode entry, int depth, State above) {
    if (depth == below.size()) {
      return;
    }
    Level level = below.get(depth);
    for (JsonNode item : level.items().all(entry)) {
      State state = above.worse(state(level, item));
      if (!item.isObject()) {
        list.skip();
      } else if (depth + 1 == below.size()) {
        software(organisationId, level, item, state);
      } else {
        descend(organisationId, item, depth + 1, state);
      }
    }
  }

  private void software(String organisationId, Level level, JsonNode item, State state) {
    Optional<String> id = id(level, item);
    if (id.isEmpty()) {
      list.skip();
      return;
    }
    list.software(id.get(), organisationId, name(level, item), state.state(), state.name());
    requireRoom();
  }

  private void requireRoom() {
    if (list.size() > MOST) {
      throw new TooMany();
    }
  }

  private static Optional<String> id(Level level, JsonNode entry) {
    return level.id().text(entry).filter(NewSoftware::isId);
  }

  private static String name(Level level, JsonNode entry) {
    return Optional.ofNullable(level.name()).flatMap(path -> path.text(entry)).orElse(null);
  }

  private State state(Level level, JsonNode entry) {
    MemberPath place = level.state();
    if (place == null) {
      return new State(ParticipantState.ACTIVE, null);
    }
    String named = place.text(entry).orElse(null);
    return new State(
        named == null ? rules.otherState() : rules.states().getOrDefault(named, rules.otherState()),
        named);
  }
}
