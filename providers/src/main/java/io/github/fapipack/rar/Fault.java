package io.github.fapipack.rar;

/**
 * What is wrong in authorization details.
 *
 * @param pointer where, as a JSON Pointer into them
 * @param sentence how, without any value from there
 */
record Fault(String pointer, String sentence) {

  Fault under(String parent) {
    return new Fault(parent + pointer, sentence);
  }
}
