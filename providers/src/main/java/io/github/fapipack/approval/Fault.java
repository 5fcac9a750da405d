package io.github.fapipack.approval;

/**
 * What is wrong in authorization details.
 *
 * @param pointer where, as a JSON Pointer into them
 * @param sentence how, without any value from there
 */
public record Fault(String pointer, String sentence) {

  public Fault under(String parent) {
    return new Fault(parent + pointer, sentence);
  }
}
