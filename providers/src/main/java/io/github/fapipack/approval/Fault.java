package io.github.fapipack.approval;

/**
 * A fault in authorization details.
 *
 * @param pointer its location, as a JSON Pointer
 * @param sentence what is wrong, without values from the input
 */
public record Fault(String pointer, String sentence) {

  public Fault under(String parent) {
    return new Fault(parent + pointer, sentence);
  }
}
