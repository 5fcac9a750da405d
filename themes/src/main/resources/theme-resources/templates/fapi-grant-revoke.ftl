<#import properties.fapiLayout!"template.ftl" as layout>
<#import "fapi-parts.ftl" as parts>
<#import "fapi-bank.ftl" as bank>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${text("fapi.grants.confirm.title")}<#elseif section = "form">
    <@parts.styles />
    <div class="fapi-consent">
      <section class="fapi-card">
        <div class="fapi-grant">
          <@parts.logo page.grant.client />
          <div class="fapi-who-text">
            <h2><bdi class="fapi-quoted">${page.grant.client.name}</bdi></h2>
            <@parts.dates page.grant />
          </div>
        </div>
        <@parts.grant page.grant.details page.grant.scopes />
        <#if page.grant.bank??><@bank.granted page.grant.bank /></#if>
      </section>
      <p>${text("fapi.grants.confirm", page.grant.client.name)}</p>
      <form action="${page.home}/${page.grant.id?url('UTF-8')}" method="post">
        <input type="hidden" name="stateChecker" value="${page.stateChecker}">
        <div class="fapi-actions">
          <button class="fapi-button fapi-primary" type="submit">${text("fapi.grants.revoke")}</button>
          <a class="fapi-button" href="${page.home}">${text("fapi.grants.keep")}</a>
        </div>
      </form>
    </div>
  </#if>
</@layout.registrationLayout>
