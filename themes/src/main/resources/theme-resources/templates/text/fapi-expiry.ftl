<#ftl output_format="plainText">
${msg("fapi.expiry.intro", organisation, realmName)}

<#list certificates as certificate>
* ${msg("fapi.expiry.entry", certificate.subject, certificate.serial, certificate.end)}
</#list>

${msg("fapi.expiry.why")}
