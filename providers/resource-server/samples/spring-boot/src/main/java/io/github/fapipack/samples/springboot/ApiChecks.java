package io.github.fapipack.samples.springboot;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.servlet.FapiFilter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What is checked before a request reaches anything else. */
@Configuration
class ApiChecks {

  @Bean
  FapiResourceServer api(
      @Value("${fapi.issuer}") String issuer, @Value("${fapi.resource}") String resource) {
    return FapiResourceServer.builder()
        .issuer(issuer)
        .resource(resource)
        // For one node. Several nodes need new JdbcReplayStore(dataSource), or RedisReplayStore.
        .replayStore(new CaffeineReplayStore())
        .build();
  }

  @Bean
  FilterRegistrationBean<FapiFilter> checks(FapiResourceServer api) {
    DemandRules rules =
        DemandRules.none()
            .on("GET /accounts/**", Demands.scopes("accounts"))
            .on("POST /payments", Demands.none());
    var filter = new FilterRegistrationBean<>(new FapiFilter(api, rules));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
