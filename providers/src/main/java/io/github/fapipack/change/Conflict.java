package io.github.fapipack.change;

import io.github.fapipack.profile.Where;
import java.util.List;

/** Something differs from a plan or an undo document, so nothing of it is done. */
public final class Conflict extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Where> places;

  public Conflict(String sentence, List<Where> places) {
    super(sentence);
    this.places = List.copyOf(places);
  }

  /** The locations that have changed since. */
  public List<Where> places() {
    return places;
  }
}
