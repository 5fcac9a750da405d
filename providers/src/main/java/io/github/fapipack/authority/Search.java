package io.github.fapipack.authority;

/**
 * Which certificates of the list; null for no restriction.
 *
 * @param text a part of the serial, subject, or of who requested it
 * @param revoked whether they are revoked
 */
public record Search(
    String organisationId, String softwareId, Use use, Boolean revoked, String text) {

  /** Those of a software. */
  public static Search ofSoftware(String softwareId) {
    return new Search(null, softwareId, null, null, null);
  }
}
