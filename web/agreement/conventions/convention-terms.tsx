import { theStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Facts } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { lastDay } from './words.ts'

export const WhatNext = ({ convention }: Part) => (
  <Facts
    items={[
      ['Numéro', convention.number],
      [
        'Parties',
        `${theStructure(convention.organisation.name)} et l’opérateur, direction régionale ${convention.region.name}`,
      ],
      [
        'Prise d’effet',
        convention.effectiveFrom ? formatInstant(convention.effectiveFrom) : 'à la seconde des deux signatures',
      ],
      [
        'Première période',
        `jusqu’au ${formatDay(convention.firstTermOn)} à 24 heures, puis reconduite par périodes de trois mois sans que personne n’ait à agir`,
      ],
      convention.term !== null && [
        'Période en cours',
        `jusqu’au ${formatDay(convention.term.endsOn)}${convention.term.renewal ? ` (${convention.term.renewal === 1 ? 'première reconduction' : `${convention.term.renewal}e reconduction`})` : ''}`,
      ],
      convention.next !== null && [
        'Ce qui vient',
        convention.next.what === 'end'
          ? `fin de la convention le ${formatDay(lastDay(convention.next.at))} à 24 heures`
          : `reconduction le ${formatDay(lastDay(convention.next.at))} à 24 heures, jusqu’au ${convention.term?.nextEndsOn ? formatDay(convention.term.nextEndsOn) : 'terme'}`,
      ],
    ]}
  />
)
