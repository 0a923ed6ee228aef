interface Written {
  readonly body: string
  readonly why: string
  readonly path: string | null
  /** Of which structure it speaks, where one mailbox receives for two accounts. */
  readonly structure?: string | null
  /** The address that stops mails of this kind; none where they are imposed. */
  readonly stop?: string | undefined
}
/**
 * What people typed, quoted in mails to others, makes no link there: an address of elsewhere is broken by a space, with
 * its scheme and bare. Ours stay.
 */
export const withoutLinks = (text: string, publicUrl: string): string => {
  const host = publicUrl.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const ours = new RegExp(`(${host}(?:/[\\w/#?=&%.~-]*)?(?![\\p{L}\\p{N}_@:-]|\\.[\\p{L}\\p{N}]))`, 'u')
  return text
    .split(ours)
    .map((part, n) => (n % 2 === 1 ? part : broken(part)))
    .join('')
}
const broken = (text: string) =>
  text.replaceAll('://', ': //').replaceAll(/(?<=[\p{L}\p{N}])[.\u3002\uFF0E\uFF61](?=\p{L}{2})/gu, '$& ')

/**
 * The body of every mail: what it says, the page it speaks of, who sends it and why. Plain text: no picture, no
 * tracking.
 */
export const mailText = ({ body, why, path, structure, stop }: Written, publicUrl: string): string =>
  [
    'Bonjour,',
    ...(structure == null ? [] : [`Ce message concerne votre compte dans la structure ${structure}.`]),
    withoutLinks(body.trim(), publicUrl),
    ...(path === null ? [] : [`Pour l’ouvrir dans le service : ${publicUrl}${path}`]),
    [
      '-- ', // what follows is a signature, that readers may fold
      `Campagnes coordonnées, le service partagé des acteurs de l’emploi auprès des entreprises : ${publicUrl}`,
      `Vous recevez ce message parce que ${withoutLinks(why.trim(), publicUrl).replace(/[.\s]*$/, '')}.`,
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
