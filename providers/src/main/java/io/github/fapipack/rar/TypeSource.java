package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The parts of a type, from any source.
 *
 * @param schema its JSON Schema
 * @param messages the texts in exactly that language; empty if it has none
 * @param template the fragment of the consent page, or null
 * @param trusted whether it comes from the server's files
 */
record TypeSource(
    JsonNode schema,
    Function<Locale, Map<String, String>> messages,
    String template,
    boolean trusted) {}
