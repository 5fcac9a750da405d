package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;

/**
 * Whose keys are published.
 *
 * @param id of an organisation or of a software
 */
record KeyOwner(boolean ofSoftware, String id) {

  static KeyOwner organisation(String id) {
    return new KeyOwner(false, id);
  }

  static KeyOwner software(String id) {
    return new KeyOwner(true, id);
  }

  String path() {
    return (ofSoftware ? "software/" : "organisations/") + id;
  }

  /** The page to which the list of keys belongs. */
  String list() {
    return ofSoftware ? path() : path() + "/keys";
  }

  String organisationId(PortalRequest request) {
    return ofSoftware ? request.desk().softwareById(id).organisationId() : id;
  }

  String softwareId() {
    return ofSoftware ? id : null;
  }

  Trail trail(PortalRequest request) {
    if (ofSoftware) {
      Software software = request.desk().softwareById(id);
      return Trail.of(request, software);
    }
    Organisation organisation = request.desk().organisation(id);
    return Trail.of(request, organisation);
  }
}
