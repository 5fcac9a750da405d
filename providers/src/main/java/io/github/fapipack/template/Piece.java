package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a template that becomes a JSON value. */
interface Piece {

  /** The value, or null if it is left out. */
  JsonNode fill(Values values);
}
