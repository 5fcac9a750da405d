package io.github.fapipack.participants;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A list of participants in the form of the CDR, larger than a test would fill a directory. */
final class LargeList {
  private static final String ACTIVE = "ACTIVE";

  private final int organisations;
  private final int softwareOfEach;
  private final Map<String, String> states = new ConcurrentHashMap<>();

  LargeList(int organisations, int softwareOfEach) {
    this.organisations = organisations;
    this.softwareOfEach = softwareOfEach;
  }

  /** The id of an organisation. */
  static String organisation(int number) {
    return "organisation-" + number;
  }

  /** The id of a software. */
  static String software(int organisation, int number) {
    return "software-" + organisation + "-" + number;
  }

  /** Sets the state of an organisation or a software by its id. */
  void state(String id, String state) {
    states.put(id, state);
  }

  String text() {
    ObjectNode document = Json.object();
    ArrayNode data = document.putArray("data");
    for (int i = 0; i < organisations; i++) {
      String id = organisation(i);
      ObjectNode entry =
          data.addObject()
              .put("legalEntityId", id)
              .put("legalEntityName", "Organisation " + i)
              .put("status", states.getOrDefault(id, ACTIVE));
      ArrayNode products =
          entry
              .putArray("dataRecipientBrands")
              .addObject()
              .put("status", ACTIVE)
              .putArray("softwareProducts");
      for (int j = 0; j < softwareOfEach; j++) {
        String software = software(i, j);
        products
            .addObject()
            .put("softwareProductId", software)
            .put("softwareProductName", "Software " + i + "." + j)
            .put("status", states.getOrDefault(software, ACTIVE));
      }
    }
    return document.toString();
  }
}
