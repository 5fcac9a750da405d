package io.github.fapipack.portal;

import io.github.fapipack.scheme.Happening;
import io.github.fapipack.scheme.Organisation;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/** What has been changed of an organisation: who, when, what. */
final class EventsPage {

  private EventsPage() {}

  static Response show(PortalRequest request, Organisation organisation) throws IOException {
    Words words = request.words();
    int first = Paging.position(request.query("first"));
    List<Happening> found = request.desk().happenings(organisation.id(), first, Paging.SIZE + 1);
    List<Happening> shown = found.stream().limit(Paging.SIZE).toList();
    Section section =
        new Section("events", words.of("events.title"))
            .columns(words.of("events.when"), words.of("events.what"), words.of("events.who"));
    shown.forEach(
        happening ->
            section.row(
                Cell.text(words.moment(happening.at())),
                Cell.text(what(words, happening))
                    .note(Words.name(within(organisation, happening.path()))),
                Cell.quoted(happening.who())));
    section
        .otherwise(words.of("events.none"))
        .paging(
            new Paging(
                words,
                Addresses.of(request, organisation, "events"),
                first,
                shown.size(),
                found.size() > Paging.SIZE ? first + Paging.SIZE + 1 : first + shown.size()));
    return new PortalPage(request, words.of("events.title"), Trail.of(request, organisation))
        .add(section)
        .render();
  }

  /** What it was made to, without the organisation, whose page this is. */
  private static String within(Organisation organisation, String path) {
    String own = Addresses.path(organisation);
    return path.startsWith(own + "/") ? path.substring(own.length() + 1) : "";
  }

  private static String what(Words words, Happening happening) {
    return words.label("event.", happening.what())
        + ": "
        + words.label("event.action.", happening.action());
  }
}
