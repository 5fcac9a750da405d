<#import properties.fapiLayout!"template.ftl" as layout>
<#import "fapi-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${text("fapi.consent.title")}<#elseif section = "form">
    <@parts.styles />
    <div class="fapi-consent">
      <#if consent.problem??>
        <p class="fapi-alert" role="alert" id="fapi-problem">${consent.problem}</p>
      <#elseif !consent.possible>
        <p class="fapi-alert" role="alert">${text("fapi.consent.impossible")}</p>
      </#if>

      <section class="fapi-who" aria-label="${text("fapi.consent.who")}">
        <@parts.logo consent.client />
        <div class="fapi-who-text">
          <p class="fapi-name"><bdi class="fapi-quoted">${consent.client.name}</bdi></p>
          <#if consent.client.organization??>
            <p class="fapi-muted"><bdi>${consent.client.organization}</bdi></p>
          </#if>
          <p>${text("fapi.consent.asks")}</p>
          <#if consent.client.host??>
            <p class="fapi-muted">${text("fapi.consent.return", consent.client.host)}</p>
          </#if>
          <p class="fapi-muted">${text("fapi.consent.user", consent.user)}</p>
        </div>
      </section>

      <form action="${url.loginAction}" method="post">
        <#list consent.items as item>
          <section class="fapi-card" aria-labelledby="fapi-item-${item.index}">
            <div class="fapi-card-head">
              <h2 id="fapi-item-${item.index}">${item.title}</h2>
              <#if consent.items?size gt 1>
                <span class="fapi-muted">${text("fapi.consent.count", item?counter, consent.items?size)}</span>
              </#if>
            </div>
            <#if item.html??>
              <div class="fapi-detail">${item.html?no_esc}</div>
            <#else>
              <div class="fapi-detail"><@parts.members item.members /></div>
            </#if>
            <#if item.options??>
              <@parts.choice item />
            </#if>
            <#if item.html??>
              <details class="fapi-more">
                <summary>${text("fapi.consent.all")}</summary>
                <@parts.members item.members />
              </details>
            </#if>
            <#if item.optional>
              <label class="fapi-check fapi-check-strong">
                <input type="checkbox" name="${item.field}" value="yes"
                  <#if item.options?? && !item.options?has_content>disabled<#elseif item.checked>checked</#if>>
                <span>${text("fapi.consent.item")}</span>
              </label>
            </#if>
          </section>
        </#list>

        <#if consent.scopes?has_content>
          <section class="fapi-card" aria-labelledby="fapi-scopes">
            <h2 id="fapi-scopes">${text(consent.items?has_content?then("fapi.consent.scopes.also", "fapi.consent.scopes"))}</h2>
            <ul class="fapi-list">
              <#list consent.scopes as scope><li>${scope}</li></#list>
            </ul>
          </section>
        </#if>

        <#if consent.action?? && consent.action != "create">
          <section class="fapi-card" aria-labelledby="fapi-grant">
            <h2 id="fapi-grant">${text("fapi.consent." + consent.action + ".title")}</h2>
            <p>${text("fapi.consent." + consent.action)}</p>
            <#if consent.held?has_content || consent.heldScopes?has_content>
              <details class="fapi-more" open>
                <summary>${text("fapi.consent." + consent.action + ".held")}</summary>
                <@parts.grant consent.held consent.heldScopes />
              </details>
            </#if>
          </section>
        </#if>

        <section class="fapi-card">
          <#if consent.lifetimes?size == 1>
            <#assign lifetime = consent.lifetimes[0]>
            <h2>${text("fapi.consent.lifetime")}</h2>
            <p>${text("fapi.consent.until", lifetime.until)}<#if lifetime.length?has_content> (${lifetime.length})</#if></p>
          <#else>
            <fieldset class="fapi-choice">
              <legend><h2>${text("fapi.consent.lifetime.choose")}</h2></legend>
              <#list consent.lifetimes as lifetime>
                <label class="fapi-check">
                  <input type="radio" name="lifetime" value="${lifetime.value}"<#if lifetime.checked> checked</#if>>
                  <span><#if lifetime.length?has_content>${lifetime.length} <span class="fapi-muted">${text("fapi.consent.until.short", lifetime.until)}</span><#else>${text("fapi.consent.until", lifetime.until)}</#if></span>
                </label>
              </#list>
            </fieldset>
          </#if>
          <p class="fapi-muted">${text("fapi.consent.withdraw")}</p>
        </section>

        <div class="fapi-actions">
          <#if consent.possible>
            <button class="fapi-button fapi-primary" name="accept" value="yes" type="submit">${text("fapi.consent.approve")}</button>
          </#if>
          <button class="fapi-button" name="cancel" value="yes" type="submit">${text("fapi.consent.refuse")}</button>
        </div>
      </form>

      <#if consent.client.policy?? || consent.client.terms?? || consent.client.website??>
        <ul class="fapi-links" aria-label="${text("fapi.consent.links")}">
          <#if consent.client.website??><li><@parts.away consent.client.website text("fapi.consent.website") /></li></#if>
          <#if consent.client.policy??><li><@parts.away consent.client.policy text("fapi.consent.policy") /></li></#if>
          <#if consent.client.terms??><li><@parts.away consent.client.terms text("fapi.consent.terms") /></li></#if>
        </ul>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
