package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages above a page, from the first one on. */
record Trail(List<Map<String, String>> steps) {

  static Trail of(PortalRequest request) {
    return new Trail(List.of()).and(request.words().of("home.title"), request.address(""));
  }

  /** The pages above those of an organisation, with its own. */
  static Trail of(PortalRequest request, Organisation organisation) {
    return of(request).and(Words.name(organisation.name()), Addresses.of(request, organisation));
  }

  /** The pages above those of a software, with its own. */
  static Trail of(PortalRequest request, Software software) {
    return of(request, request.desk().organisation(software.organisationId()))
        .and(Words.name(software.data().name()), Addresses.of(request, software));
  }

  Trail and(String words, String address) {
    List<Map<String, String>> longer = new ArrayList<>(steps);
    longer.add(Map.of("words", words, "address", address));
    return new Trail(List.copyOf(longer));
  }
}
