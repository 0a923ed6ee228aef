import { formatDay } from '../../platform/format.ts'
import type { Me } from '../../platform/session.ts'
import { profileWords, territoryInWords, toolWords } from '../../platform/words.ts'
import { Empty, Link, Section } from '../../ui/index.ts'
import './identity.css'

/** Effective rights, in sentences. */
export const Rights = ({ rights }: { rights: Me['rights'] }) => (
  <Section title="Ce que je peux faire" actions={<Link href="/mes-droits">Mes droits en détail</Link>}>
    {rights.length === 0 && (
      <Empty title="Aucune habilitation en cours">
        Le responsable de gestion de comptes (RGC) de votre structure les donne, outil par outil.
      </Empty>
    )}
    <ul className="cc-rights">
      {rights.map(({ tool, profile, territory, reason, since, until }) => (
        <li key={`${tool} ${territory.id}`}>
          <strong>{toolWords[tool]}</strong>, profil {profileWords[profile]}, pour {territoryInWords(territory)}
          <span className="fr-hint-text">
            depuis le {formatDay(since.slice(0, 10))}
            {until && `, jusqu’au ${formatDay(until.slice(0, 10))}`} ; motif : « {reason} »
          </span>
        </li>
      ))}
    </ul>
  </Section>
)
