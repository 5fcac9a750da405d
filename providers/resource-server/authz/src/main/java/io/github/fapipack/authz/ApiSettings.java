package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.FapiResourceServer;

/** What is checked: the settings of the kit. */
record ApiSettings(String issuer, String resource) {

  static ApiSettings of(Settings settings) {
    return new ApiSettings(
        settings.required("issuer", "the issuer of the tokens"),
        settings.required(
            "resource", "the address of the API, which is the audience of its tokens"));
  }

  FapiResourceServer resourceServer() {
    return FapiResourceServer.builder().issuer(issuer).resource(resource).build();
  }
}
