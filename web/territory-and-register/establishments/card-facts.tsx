import { useMemo, useState } from 'react'
import { naf2025From, nomenclatureOn } from '../../../contract/territory-and-register/activities.ts'
import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import { dayOf, formatDay, formatSiren, formatSiret, today } from '../../platform/format.ts'
import { shownName, townWords } from '../../platform/names.ts'
import { announce, Button, Facts, Link, Section, Sourced } from '../../ui/index.ts'
import { TerritoryMap } from '../territories/territory-map.tsx'
import { territoryName } from '../territories/words.ts'
import { correspondsSentence, type Establishment, legalForm, nomenclatureName, registerSource } from './words.ts'

/* Facts of the register, each with its source and its date. */

const Copied = ({ value, shown, what }: { value: string; shown: string; what: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
      announce(`${what} copié.`)
    } catch {
      announce('La copie est bloquée par le navigateur : sélectionnez le numéro.')
    }
  }
  return (
    <span className="cc-copy">
      <span>{shown}</span>
      <Button
        size="small"
        priority="tertiary no outline"
        icon={copied ? 'fr-icon-check-line' : 'fr-icon-clipboard-line'}
        onClick={() => void copy()}
      >
        {copied ? 'Copié' : 'Copier'}
        <span className="fr-sr-only"> le {what}</span>
      </Button>
    </span>
  )
}

const addressOf = ({ address, postalCode, town, partialDiffusion }: Establishment) => {
  if (!address)
    return partialDiffusion ? (
      <>
        <em>non diffusée</em>
        {town && `, ${townWords(town)}`}
      </>
    ) : (
      townWords(town)
    )
  return (
    <>
      {address}
      {postalCode && !address.includes(postalCode) && `, ${postalCode}`}
      {town && !address.toLowerCase().includes(town.toLowerCase()) && ` ${townWords(town)}`}
    </>
  )
}

export const Identity = ({ establishment: e }: { establishment: Establishment }) => {
  const own = registerSource(e.registerUpdatedAt)
  const unit = registerSource(e.company?.registerUpdatedAt ?? e.registerUpdatedAt)
  const shownAddress = addressOf(e)
  const form = legalForm(e.legalCategory)
  return (
    <Section title="Identité">
      <Facts
        items={[
          ['SIRET', <Copied key="siret" value={e.siret} shown={formatSiret(e.siret)} what="SIRET" />],
          ['SIREN', formatSiren(e.siren)],
          [
            'Dénomination',
            e.legalName ? (
              <Sourced key="nom" source={unit}>
                {e.legalName}
              </Sourced>
            ) : e.name === null ? (
              <em key="nom">non diffusée</em>
            ) : null,
          ],
          e.acronym
            ? [
                'Sigle',
                <Sourced key="sigle" source={unit}>
                  {e.acronym}
                </Sourced>,
              ]
            : null,
          [
            'Adresse',
            shownAddress && (
              <Sourced key="adresse" source={own}>
                {shownAddress}
              </Sourced>
            ),
          ],
          [
            'Forme juridique',
            form && (
              <Sourced key="forme" source={unit}>
                {form}
              </Sourced>
            ),
          ],
          [
            'Nature juridique',
            e.legalNature === 'unknown' ? (
              'non renseignée'
            ) : (
              <Sourced key="nature" source={unit}>
                {legalNatureWords[e.legalNature]}
              </Sourced>
            ),
          ],
          [
            'Créé le',
            e.createdOn && (
              <Sourced key="creation" source={own}>
                {formatDay(e.createdOn)}
              </Sourced>
            ),
          ],
          e.closedOn
            ? [
                'Fermé le',
                <Sourced key="ferme" source={own}>
                  {formatDay(e.closedOn)}
                </Sourced>,
              ]
            : null,
          [
            'Territoires',
            e.territories.length ? (
              <ul key="territoires" className="fr-raw-list">
                {e.territories
                  .filter(({ kind }) => kind !== 'national')
                  .map(territory => (
                    <li key={territory.id}>
                      <Link href={`/territoires/${territory.id}`}>{territoryName(territory)}</Link>
                    </li>
                  ))}
              </ul>
            ) : null,
          ],
        ]}
      />
      {e.importedAt && (
        <p className="fr-text--sm fr-mb-0">
          Reçu du répertoire SIRENE le {formatDay(dayOf(e.importedAt))}. Sur chaque élément souligné, sa source et sa
          date.
        </p>
      )}
    </Section>
  )
}

/** Both nomenclatures when the register gives both; the one in force leads. */
export const Activity = ({ establishment: { activities, registerUpdatedAt } }: { establishment: Establishment }) => (
  <Section title="Activité">
    {activities.length === 0 ? (
      <p className="fr-text--sm fr-mb-0">Le répertoire ne donne pas d’activité.</p>
    ) : (
      <Facts
        items={activities.map(({ code, nomenclature, label }) => [
          nomenclatureName(nomenclature),
          <Sourced key={nomenclature} source={registerSource(registerUpdatedAt)}>
            {label ?? 'intitulé inconnu'} <span className="cc-sign">({code})</span>
          </Sourced>,
        ])}
      />
    )}
    {activities.map(correspondsSentence).map(
      sentence =>
        sentence && (
          <p key={sentence} className="fr-text--sm fr-mb-0">
            {sentence}
          </p>
        ),
    )}
    {activities.length > 1 && nomenclatureOn(today()) === 'NAFRev2' && (
      <p className="fr-text--sm fr-mb-0">La NAF 2025 remplace la NAF rév. 2 le {formatDay(naf2025From)}.</p>
    )}
  </Section>
)

const employerWords = (employer: boolean | null) => (employer === null ? null : employer ? 'oui' : 'non')
export const Staff = ({
  establishment: { headcount, employer, registerUpdatedAt, company, companySize },
}: {
  establishment: Establishment
}) => {
  const of = (counted: NonNullable<Establishment['headcount']>) =>
    counted.year ? `${counted.label}, en ${counted.year}` : counted.label
  const own = registerSource(registerUpdatedAt)
  const unit = registerSource(company?.registerUpdatedAt ?? null)
  return (
    <Section title="Effectif">
      <Facts
        items={[
          [
            'Établissement',
            headcount ? (
              <Sourced key="effectif" source={own}>
                {of(headcount)}
              </Sourced>
            ) : (
              'inconnu'
            ),
          ],
          [
            'Employeur',
            employer === null ? null : (
              <Sourced key="employeur" source={own}>
                {employerWords(employer)}
              </Sourced>
            ),
          ],
          company?.headcount
            ? [
                'Entreprise',
                <Sourced key="entreprise" source={unit}>
                  {of(company.headcount)}
                </Sourced>,
              ]
            : null,
          [
            'Taille de l’entreprise',
            companySize === 'unknown' ? (
              'non renseignée'
            ) : (
              <Sourced key="taille" source={unit}>
                {companySizeWords[companySize]}
              </Sourced>
            ),
          ],
          company?.socialEconomy
            ? [
                'Économie sociale',
                <Sourced key="ess" source={unit}>
                  oui
                </Sourced>,
              ]
            : null,
        ]}
      />
    </Section>
  )
}

/** Drawn only where the register gives a position, and once one is about to see it; the address says the rest. */
export const Where = ({ establishment }: { establishment: Establishment }) => {
  const { siret, position, territories, registerUpdatedAt } = establishment
  const title = shownName(establishment)
  const points = useMemo(() => (position ? [{ id: siret, ...position, title }] : []), [siret, position, title])
  if (!position) return null
  return (
    <Section title="Sur la carte">
      <TerritoryMap
        label={`Carte : ${title}`}
        points={points}
        within={territories.find(({ kind }) => kind === 'epci')?.id}
        height="short"
      />
      <p className="fr-mb-0">
        <Link
          href={`https://www.openstreetmap.org/directions?route=%3B${position.lat}%2C${position.lon}`}
          target="_blank"
        >
          S’y rendre (itinéraire)<span className="fr-sr-only"> vers {title}, OpenStreetMap, nouvelle fenêtre</span>
        </Link>
      </p>
      <p className="fr-text--sm fr-mb-0">Position : {registerSource(registerUpdatedAt)}.</p>
    </Section>
  )
}
