interface Written {
  readonly body: string
  readonly why: string
  readonly path: string | null
  /** The address that stops mails of this kind; none where they are imposed. */
  readonly stop?: string | undefined
}
/**
 * The body of every mail: what it says, the page it speaks of, who sends it and why. Plain text: no picture, no
 * tracking.
 */
export const mailText = ({ body, why, path, stop }: Written, publicUrl: string): string =>
  [
    'Bonjour,',
    body.trim(),
    ...(path === null ? [] : [`Pour l’ouvrir dans le service : ${publicUrl}${path}`]),
    [
      '-- ', // what follows is a signature, that readers may fold
      `Campagnes coordonnées, le service partagé des acteurs de l’emploi auprès des entreprises : ${publicUrl}`,
      `Vous recevez ce message parce que ${why.trim().replace(/[.\s]*$/, '')}.`,
      'Il est envoyé automatiquement : ne répondez pas à cette adresse. Il ne contient ni image ni lien de suivi, et le service ne vous demande jamais de mot de passe par courriel.',
      ...(stop === undefined
        ? []
        : [
            `Pour choisir comment vous recevez ces messages : ${publicUrl}/mes-notifications/reglages`,
            `Pour ne plus les recevoir par courriel : ${stop}`,
          ]),
    ].join('\n'),
  ].join('\n\n')

/** A failure as a code that names nobody: what the mail server answered, or what kept us from reaching it. */
export const failureCode = (error: unknown): string => {
  const { responseCode, code } = (error ?? {}) as { responseCode?: unknown; code?: unknown }
  if (typeof responseCode === 'number') return `smtp-${responseCode}`
  return typeof code === 'string' && /^[A-Za-z0-9]{1,30}$/.test(code) ? code : 'unknown'
}
/**
 * The mail server knows no such address, or will never take it: trying again would say the same. A refused sign-in
 * (535) is ours to mend, and is tried again.
 */
export const isForGood = (code: string): boolean =>
  ['smtp-550', 'smtp-551', 'smtp-552', 'smtp-553', 'smtp-554', 'smtp-501'].includes(code)
