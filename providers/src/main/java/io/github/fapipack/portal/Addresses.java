package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;

/** Addresses of pages. */
final class Addresses {

  private Addresses() {}

  static String path(Organisation organisation) {
    return "organisations/" + organisation.id();
  }

  static String path(Software software) {
    return "software/" + software.id();
  }

  static String of(PortalRequest request, Organisation organisation) {
    return request.address(path(organisation));
  }

  static String of(PortalRequest request, Software software) {
    return request.address(path(software));
  }

  static String of(PortalRequest request, Organisation organisation, String page) {
    return request.address(path(organisation) + "/" + page);
  }

  static String of(PortalRequest request, Software software, String page) {
    return request.address(path(software) + "/" + page);
  }
}
