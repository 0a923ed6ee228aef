import { lazy, Suspense, useState } from 'react'
import { PersonLink, PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { dayOf, formatDay, formatSiren, formatSiret } from '../../platform/format.ts'
import { townWords } from '../../platform/names.ts'
import { holds, type Me, useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Empty, Facts, Link, Notice, Section, Sourced } from '../../ui/index.ts'
import { territoryName } from '../territories/words.ts'
import { activityWords, type Establishment } from './words.ts'

/* A card that somebody typed for a SIRET that the register lacks; then, once confirmed, what was typed beside what the register says. */

const CorrectProvisional = lazy(() => import('./change-provisional.tsx').then(m => ({ default: m.CorrectProvisional })))
const WithdrawProvisional = lazy(() =>
  import('./change-provisional.tsx').then(m => ({ default: m.WithdrawProvisional })),
)

/** Where exactly is the service's to say, once the commune is known. */
export const mayCreateSomewhere = (me: Me) => holds(me, 'fiche-etablissement', 'conseiller')

type Typed = NonNullable<Establishment['typed']>
/** In a title, where nothing can be pressed. */
const by = ({ author, organisation, createdAt }: Typed) =>
  `${author.name} (${organisation.name}) le ${formatDay(dayOf(createdAt))}`
const By = ({ typed: { author, organisation, createdAt } }: { typed: Typed }) => (
  <>
    <PersonOf person={author} structure={organisation.name} /> le {formatDay(dayOf(createdAt))}
  </>
)

/** What the search says of a whole SIRET, of right key, that it did not find. */
export const UnknownSiret = ({ siret }: { siret: string }) => {
  const may = mayCreateSomewhere(useMe())
  return (
    <Empty
      title="Ce SIRET n’est pas au répertoire"
      {...(may
        ? {
            action: (
              <Button href={`/etablissements/fiche-provisoire?siret=${siret}`}>Créer une fiche provisoire</Button>
            ),
          }
        : {})}
    >
      <p className="fr-mb-1v">
        Le numéro {formatSiret(siret)} est bien formé, mais le répertoire SIRENE importé ici ne le connaît pas :
        l’établissement vient peut-être d’être créé.
      </p>
      <p className="fr-mb-0">
        {may
          ? 'Vous pouvez créer une fiche provisoire : la prochaine mise à jour qui contient ce SIRET la confirmera.'
          : 'Une personne de votre structure qui a le profil « conseiller » de la fiche établissement peut créer une fiche provisoire.'}
      </p>
    </Empty>
  )
}

export const ProvisionalNotice = ({ siret, typed }: { siret: string; typed: Typed }) => {
  const [open, setOpen] = useState<'correct' | 'withdraw' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Notice title="Fiche provisoire">
        Le répertoire SIRENE ne connaît pas encore ce SIRET. Cette fiche a été saisie par <By typed={typed} />
        {typed.corrected && (
          <>
            , corrigée par <PersonLink person={typed.corrected.by} /> le {formatDay(dayOf(typed.corrected.at))}
          </>
        )}
        . La prochaine mise à jour qui contient ce SIRET la confirmera : rien de ce qui y est noté ne sera perdu.
        {typed.lookedUpAt && ` L’Insee, interrogé le ${formatDay(dayOf(typed.lookedUpAt))}, ne le diffuse pas encore.`}
      </Notice>
      {typed.allowed.length > 0 && (
        <div className="fr-mb-3w">
          <ButtonRow>
            {typed.allowed.includes('correct') && (
              <Button priority="secondary" icon="fr-icon-edit-line" onClick={() => setOpen('correct')}>
                Corriger la fiche
              </Button>
            )}
            {typed.allowed.includes('withdraw') && (
              <Button priority="tertiary" onClick={() => setOpen('withdraw')}>
                Retirer la fiche
              </Button>
            )}
          </ButtonRow>
        </div>
      )}
      {open && (
        <Suspense fallback={null}>
          {open === 'correct' ? (
            <CorrectProvisional {...{ siret, typed }} onClose={close} />
          ) : (
            <WithdrawProvisional {...{ siret, typed }} onClose={close} />
          )}
        </Suspense>
      )}
    </>
  )
}

/** All that is known before the register says more. */
export const TypedIdentity = ({ establishment, typed }: { establishment: Establishment; typed: Typed }) => {
  const source = `saisi par ${by(typed)}`
  const activity = activityWords(typed)
  return (
    <Section title="Identité">
      <Facts
        items={[
          ['SIRET', formatSiret(establishment.siret)],
          ['SIREN', formatSiren(establishment.siren)],
          [
            'Nom',
            <Sourced key="nom" source={source}>
              {typed.name}
            </Sourced>,
          ],
          [
            'Commune',
            <Sourced key="commune" source={source}>
              {townWords(typed.town)}
            </Sourced>,
          ],
          [
            'Activité',
            activity && (
              <Sourced key="activite" source={source}>
                {activity}
              </Sourced>
            ),
          ],
          [
            'Territoires',
            establishment.territories.length ? (
              <ul key="territoires" className="fr-raw-list">
                {establishment.territories.map(territory => (
                  <li key={territory.id}>
                    <Link href={`/territoires/${territory.id}`}>{territoryName(territory)}</Link>
                  </li>
                ))}
              </ul>
            ) : null,
          ],
        ]}
      />
      <p className="fr-text--sm fr-mb-0">Adresse, effectif et forme juridique viendront du répertoire.</p>
    </Section>
  )
}

/** Once the register knows it, what was typed stays, with who and when. */
export const TypedBefore = ({ typed }: { typed: Typed }) => {
  const source = `saisi par ${by(typed)}`
  const activity = activityWords(typed)
  return (
    <Section title="Saisi avant le répertoire">
      {typed.name === null ? null : (
        <Facts
          items={[
            [
              'Nom',
              <Sourced key="nom" source={source}>
                {typed.name}
              </Sourced>,
            ],
            [
              'Commune',
              <Sourced key="commune" source={source}>
                {townWords(typed.town)}
              </Sourced>,
            ],
            activity
              ? [
                  'Activité',
                  <Sourced key="activite" source={source}>
                    {activity}
                  </Sourced>,
                ]
              : null,
          ]}
        />
      )}
      <p className="fr-text--sm fr-mb-0">
        Fiche provisoire saisie par <By typed={typed} />
        {typed.confirmedAt && `, confirmée par le répertoire le ${formatDay(dayOf(typed.confirmedAt))}`}.
      </p>
    </Section>
  )
}
