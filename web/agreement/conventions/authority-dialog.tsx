import { useRef, useState } from 'react'
import { completeSigner, settleAmendmentAuthority, settleAuthority } from '../../../contract/agreement/conventions.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { Checkbox, DateField, Dialog, Difference, Form, TextField } from '../../ui/index.ts'
import type { ConventionDialog } from './dialog-part.ts'
import { keepConvention } from './queries.ts'
import { type Convention, type Party, signerOf } from './words.ts'

/** What a local authority's act goes through before it holds. */
export const LocalAuthorityFields = ({
  party,
  of,
}: {
  party: Party
  of?: { localAuthority: boolean; prefectureOn: string | null; publishedOn: string | null } | undefined
}) => {
  const [local, setLocal] = useState(of?.localAuthority ?? party === 'partenaire')
  const name = (field: string) => `${party}.${field}`
  return (
    <>
      <Checkbox
        label="C’est une collectivité territoriale ou un groupement"
        name={name('localAuthority')}
        checked={local}
        onChange={setLocal}
      />
      {local && (
        <>
          <DateField
            name={name('prefectureOn')}
            label="Reçu en préfecture le"
            max={today()}
            {...(of?.prefectureOn ? { defaultValue: of.prefectureOn } : {})}
          />
          <DateField
            name={name('publishedOn')}
            hint="Un recours contre l’acte est possible deux mois après la plus tardive de ces deux dates."
            label="Publié le"
            max={today()}
            {...(of?.publishedOn ? { defaultValue: of.publishedOn } : {})}
          />
        </>
      )}
    </>
  )
}
export const AuthorityFields = ({
  party,
  of,
}: {
  party: Party
  of?: Convention['signatories'][number] | undefined
}) => {
  const [designates, setDesignates] = useState(of?.designatesRgc ?? false)
  const name = (field: string) => `${party}.${field}`
  return (
    <>
      <TextField
        name={name('act')}
        label="Acte qui l’habilite à signer"
        hint="Délibération, délégation, statuts : sa nature et son numéro."
        maxLength={300}
        {...(of?.act ? { defaultValue: of.act } : {})}
      />
      <DateField name={name('actOn')} label="Date de cet acte" {...(of?.actOn ? { defaultValue: of.actOn } : {})} />
      <LocalAuthorityFields party={party} of={of} />
      <Checkbox
        label="Cet acte désigne aussi les responsables de gestion de comptes (RGC)"
        name={name('designatesRgc')}
        checked={designates}
        onChange={setDesignates}
      />
    </>
  )
}
export const authorityOf = (values: Record<string, string>, party: Party) => {
  const value = (field: string) => values[`${party}.${field}`]?.trim() || null
  const localAuthority = values[`${party}.localAuthority`] !== undefined
  return {
    act: value('act'),
    actOn: value('actOn'),
    localAuthority,
    prefectureOn: localAuthority ? value('prefectureOn') : null,
    publishedOn: localAuthority ? value('publishedOn') : null,
    designatesRgc: values[`${party}.designatesRgc`] !== undefined,
  }
}
type Settled = Partial<ReturnType<typeof authorityOf>>
const yesNo = (value: boolean | undefined) => (value ? 'Oui' : 'Non')
const dayWords = (day: string | null | undefined) => (day ? formatDay(day) : '')
/** What is compared; the act of an amendment or of a replacement is said already, and its designation elsewhere. */
const inWords = (one: Settled, datesAlone: boolean): [label: string, words: string][] => [
  ...(datesAlone
    ? []
    : ([
        ['Acte', one.act ?? ''],
        ['Date de cet acte', dayWords(one.actOn)],
      ] as [string, string][])),
  ['Collectivité territoriale ou groupement', yesNo(one.localAuthority)],
  ['Reçu en préfecture le', dayWords(one.prefectureOn)],
  ['Publié le', dayWords(one.publishedOn)],
  ...(datesAlone ? [] : ([['Désigne aussi les RGC', yesNo(one.designatesRgc)]] as [string, string][])),
]
/** Sent over the convention read: what another settled since is shown, and nothing typed is lost (412). */
const useReadVersion = (
  convention: Convention,
  party: Party,
  amendmentId: string | null,
  onClose: () => void,
  ofSigner = false,
) => {
  const version = useRef(convention.version)
  const mine = useRef<Settled>({})
  const datesAlone = ofSigner || amendmentId !== null
  const explain = (problem: ApiProblem) => {
    if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
    const current = problem.current as Convention
    const of = amendmentId === null ? current : current.amendments.find(one => one.id === amendmentId)
    const named = of?.signatories.find(one => one.party === party)
    const theirs = inWords((ofSigner ? signerOf(current, party, amendmentId)?.replacement : named) ?? {}, datesAlone)
    return (
      <Difference
        rows={inWords(mine.current, datesAlone).map(([label, words], at) => ({
          label,
          mine: words,
          theirs: theirs[at]![1],
        }))}
        onKeepMine={() => {
          version.current = current.version
        }}
        onTakeTheirs={() => {
          void keepConvention(current)
          onClose()
        }}
      />
    )
  }
  return { version, mine, explain }
}

export const AuthorityDialog = ({ convention, onClose, party }: ConventionDialog & { party: Party }) => {
  const of = convention.signatories.find(one => one.party === party)!
  const upload = useUpload()
  const { version, mine, explain } = useReadVersion(convention, party, null, onClose)
  return (
    <Dialog title={`Acte qui habilite ${of.name}`} onClose={onClose}>
      <Form
        draft={{ name: 'authority', about: `${convention.id}-${party}` }}
        submit="Enregistrer"
        done="L’acte est enregistré."
        onCancel={onClose}
        explain={explain}
        onSubmit={async (values, { idempotencyKey }) => {
          mine.current = authorityOf(values, party)
          await keepConvention(
            await call(settleAuthority, {
              params: { conventionId: convention.id, party },
              ifMatch: version.current,
              idempotencyKey,
              body: {
                name: of.name,
                capacity: of.capacity,
                ...authorityOf(values, party),
                file: await upload.joined(),
              },
            }),
          )
          onClose()
        }}
      >
        <AuthorityFields party={party} of={of} />
        <UploadField label="L’acte lui-même" upload={upload} optional />
      </Form>
    </Dialog>
  )
}

/** AGR-6, AGR-11: of the act that an amendment names, what is known once it is transmitted and published. */
export const AmendmentAuthorityDialog = ({
  convention,
  onClose,
  party,
  amendmentId,
}: ConventionDialog & { party: Party; amendmentId: string }) => {
  const amendment = convention.amendments.find(one => one.id === amendmentId)!
  const of = amendment.signatories.find(one => one.party === party)!
  const upload = useUpload()
  const { version, mine, explain } = useReadVersion(convention, party, amendmentId, onClose)
  return (
    <Dialog title={`Avenant n° ${amendment.number} : acte qui habilite ${of.name}`} onClose={onClose}>
      <p>
        {of.act}, du {formatDay(of.actOn)}.
      </p>
      <Form
        draft={{ name: 'amendment-authority', about: `${amendmentId}-${party}` }}
        submit="Enregistrer"
        done="L’acte est enregistré."
        onCancel={onClose}
        explain={explain}
        onSubmit={async (values, { idempotencyKey }) => {
          mine.current = authorityOf(values, party)
          const { localAuthority, prefectureOn, publishedOn } = authorityOf(values, party)
          await keepConvention(
            await call(settleAmendmentAuthority, {
              params: { conventionId: convention.id, amendmentId, party },
              ifMatch: version.current,
              idempotencyKey,
              body: { localAuthority, prefectureOn, publishedOn, file: await upload.joined() },
            }),
          )
          onClose()
        }}
      >
        <LocalAuthorityFields party={party} of={of} />
        <UploadField label="L’acte lui-même" upload={upload} optional />
      </Form>
    </Dialog>
  )
}

/** AGR-11: of the act under which another signs, what is known once it is transmitted and published. */
export const SignerAuthorityDialog = ({
  convention,
  onClose,
  party,
  amendmentId = null,
}: ConventionDialog & { party: Party; amendmentId?: string | null }) => {
  const { name, replacement } = signerOf(convention, party, amendmentId)!
  const upload = useUpload()
  const { version, mine, explain } = useReadVersion(convention, party, amendmentId, onClose, true)
  return (
    <Dialog title={`Acte sous lequel signe ${name}`} onClose={onClose}>
      <p>
        {replacement!.act}, du {formatDay(replacement!.actOn)}. L’acte et la personne restent ceux qui sont enregistrés
        ; ce que vous complétez, votre nom et le jour restent sur cette page.
      </p>
      <Form
        draft={{ name: 'signer-authority', about: `${convention.id}-${party}-${amendmentId ?? ''}` }}
        submit="Enregistrer"
        done="L’acte est complété."
        onCancel={onClose}
        explain={explain}
        onSubmit={async (values, { idempotencyKey }) => {
          mine.current = authorityOf(values, party)
          const { localAuthority, prefectureOn, publishedOn } = authorityOf(values, party)
          await keepConvention(
            await call(completeSigner, {
              params: { conventionId: convention.id, party },
              ifMatch: version.current,
              idempotencyKey,
              body: { amendmentId, localAuthority, prefectureOn, publishedOn, file: await upload.joined() },
            }),
          )
          onClose()
        }}
      >
        <LocalAuthorityFields party={party} of={replacement!} />
        <UploadField label="L’acte lui-même" upload={upload} optional />
      </Form>
    </Dialog>
  )
}
