import { interactionPolicy } from 'oidc-provider'

export const essentialAcrs = (claims: unknown): string[] | undefined => {
  try {
    const acr = (
      JSON.parse(String(claims)) as { id_token?: { acr?: { essential?: boolean; values?: string[] } | null } }
    ).id_token?.acr
    return acr?.essential ? acr.values : undefined
  } catch {
    return undefined
  }
}

/** As the real one: max_age is not there, and only essential eidas2 or eidas3 ask the person again within a session. */
export const policy = (remembers: boolean) => {
  const { base: basePolicy, Check } = interactionPolicy
  const prompts = basePolicy()
  prompts.get('login')!.checks.add(
    new Check('new_session_required', 'this level is proven anew', ctx => {
      const essential = essentialAcrs(ctx.oidc.params?.claims)
      const anew = !remembers || essential?.every(acr => ['eidas2', 'eidas3'].includes(acr))
      return anew && !ctx.oidc.result?.login ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  return prompts
}
