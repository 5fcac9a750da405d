package io.github.fapipack.participants;

/** Looks into lists of participants, for tests in other packages. */
public final class PublishedLists {
  private PublishedLists() {}

  /** What a list says of an organisation; null if nothing. */
  public static PublishedList.Entry organisation(PublishedList list, String id) {
    return list.organisations().get(id);
  }

  /** What a list says of a software; null if nothing. */
  public static PublishedList.Entry software(PublishedList list, String id) {
    return list.software().get(id);
  }
}
