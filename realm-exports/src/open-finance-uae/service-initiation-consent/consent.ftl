<#-- detail: the object; text: this type's messages; date, money: as the user writes them; the member
     PersonalIdentifiableInformation is for the bank alone and must never be written -->
<#assign schedule = detail.consent.ControlParameters.ConsentSchedule!{}>
<#assign plan = (schedule.MultiPayment.PeriodicSchedule)!schedule.SinglePayment!{}>
<dl>
  <#if plan.Type??>
  <dt>${text['schedule']}</dt>
  <dd>${label('schedule.', plan.Type)}</dd>
  </#if>
  <#if plan.Amount??>
  <dt>${text['amount']}</dt>
  <dd class="fapi-amount">${money(plan.Amount.Amount, plan.Amount.Currency)}</dd>
  </#if>
  <#list plan.Schedule![] as due>
  <#assign each = due.Amount!due.MaximumIndividualAmount>
  <dt>${date(due.PaymentExecutionDate)}</dt>
  <dd class="fapi-amount">${money(each.Amount, each.Currency)}</dd>
  </#list>
  <#assign most = plan.MaximumIndividualAmount!(plan.Controls.MaximumIndividualAmount)!{}>
  <#if most.Amount??>
  <dt>${text['most']}</dt>
  <dd class="fapi-amount">${money(most.Amount, most.Currency)}</dd>
  </#if>
  <#if (schedule.MultiPayment.MaximumCumulativeValueOfPayments)??>
  <dt>${text['total']}</dt>
  <dd class="fapi-amount">${money(schedule.MultiPayment.MaximumCumulativeValueOfPayments.Amount, schedule.MultiPayment.MaximumCumulativeValueOfPayments.Currency)}</dd>
  </#if>
  <#if (schedule.MultiPayment.MaximumCumulativeNumberOfPayments)??>
  <dt>${text['count']}</dt>
  <dd>${schedule.MultiPayment.MaximumCumulativeNumberOfPayments}</dd>
  </#if>
  <#if plan.PeriodStartDate??>
  <dt>${text['start']}</dt>
  <dd>${date(plan.PeriodStartDate)}</dd>
  </#if>
  <#if schedule.FilePayment??>
  <dt>${text['schedule']}</dt>
  <dd>${label('schedule.', 'FilePayment')}</dd>
  <dt>${text['transactions']}</dt>
  <dd>${schedule.FilePayment.NumberOfTransactions}</dd>
  <dt>${text['total']}</dt>
  <dd>${schedule.FilePayment.ControlSum}</dd>
  </#if>
  <#if detail.consent.DebtorReference??>
  <dt>${text['reference']}</dt>
  <dd>${detail.consent.DebtorReference}</dd>
  </#if>
  <#if detail.consent.Permissions??>
  <dt>${text['permissions']}</dt>
  <dd><ul><#list detail.consent.Permissions as value><li>${label('permissions.', value)}</li></#list></ul></dd>
  </#if>
  <dt>${text['until']}</dt>
  <dd>${date(detail.consent.ExpirationDateTime)}</dd>
</dl>
<p>${text['payee']}</p>
