package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The kit, once for the whole application. */
class Api {

  @Produces
  @Singleton
  FapiResourceServer api(
      @ConfigProperty(name = "fapi.issuer") String issuer,
      @ConfigProperty(name = "fapi.resource") String resource) {
    return FapiResourceServer.builder()
        .issuer(issuer)
        .resource(resource)
        // For one node. Several nodes need new JdbcReplayStore(dataSource), or RedisReplayStore.
        .replayStore(new CaffeineReplayStore())
        .build();
  }
}
