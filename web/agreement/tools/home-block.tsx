import { useQuery } from '@tanstack/react-query'
import { formatDay, formatList, today } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'
import { Badge, Link, Loaded, Section } from '../../ui/index.ts'
import { rightsQuery, toolsQuery } from './queries.ts'
import { serviceTones, serviceWords } from './words.ts'

/**
 * On the first page: the common tools with their state, what one must do for one's rights, and who manages the
 * accounts.
 */
export const ToolsBlock = () => {
  const tools = useQuery(toolsQuery)
  const rights = useQuery(rightsQuery)
  const awareness = rights.data?.awareness
  const soon =
    awareness &&
    new Date(`${awareness.dueOn}T00:00:00Z`).getTime() - new Date(`${today()}T00:00:00Z`).getTime() <= 30 * 86_400_000
  return (
    <Section title="Outils communs" actions={<Link href="/outils">En savoir plus</Link>}>
      <Loaded query={tools} lines={3}>
        {({ items }) => (
          <ul className="cc-plain-list">
            {items
              .filter(({ open }) => open)
              .map(({ tool, service, mine }) => (
                <li key={tool}>
                  {toolWords[tool]}{' '}
                  {service && <Badge tone={serviceTones[service.state]}>{serviceWords[service.state]}</Badge>}
                  {!mine && (
                    <span className="fr-hint-text">
                      Vous n’y avez pas accès. <Link href="/mes-droits">Voir pourquoi</Link>
                    </span>
                  )}
                  {service && service.state !== 'disponible' && service.message && (
                    <span className="fr-hint-text">{service.message}</span>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {awareness && soon && (
        <p className="fr-mb-1w">
          {awareness.dueOn < today() ? (
            <>
              Votre sensibilisation à la sécurité <Badge tone="error">est dépassée</Badge> depuis le{' '}
              {formatDay(awareness.dueOn)}.
            </>
          ) : (
            <>Votre sensibilisation à la sécurité est à renouveler avant le {formatDay(awareness.dueOn)}.</>
          )}{' '}
          <Link href="/mes-droits">Qui peut aider</Link>
        </p>
      )}
      {rights.data && (
        <p className="fr-text--sm fr-mb-0">
          {rights.data.accountManagers.length > 0
            ? `Les comptes de votre structure sont gérés par ${formatList(rights.data.accountManagers.map(p => p.name))} (RGC).`
            : 'Votre structure n’a pas de responsable de gestion de comptes (RGC) en exercice.'}{' '}
          <Link href="/responsables-de-comptes">Responsables de comptes</Link>{' '}
          <Link href="/mes-droits">Mes droits</Link>
        </p>
      )}
    </Section>
  )
}
