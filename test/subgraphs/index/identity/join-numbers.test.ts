import { describe, expect, it } from 'vitest'
import { NATIONAL_SERVICE } from '../../../../subgraphs/index/identity/claim.ts'
import { joinNumbers, type NumberLink } from '../../../../subgraphs/index/identity/join-numbers.ts'
import { type Person, toPerson } from '../../../../subgraphs/kit/person/person.ts'

const [OLD, NOW, MIDDLE, OTHER] = ['9990000018', '9990000026', '9990000034', '9990000042'] as const

const kim = person('1962-01-12', 'Kim', 'Kept')
const twin = person('1962-01-12', 'Tim', 'Kept')
const eve = person('1985-09-09', 'Eve', 'Else')
const blank = person(null, 'Kim', 'Kept')

describe('a statement that one number replaced another', () => {
  it.each([
    ['where the people under both agree', { [OLD]: kim, [NOW]: kim }],
    ['where nobody is known under the old number', { [NOW]: kim }],
  ])('is followed %s', (_case, people) => {
    const links = [link('nel', OLD, NOW)]
    expect(join(OLD, links, people)).toEqual({ current: NOW, all: [OLD, NOW], unjoined: [] })
    expect(join(NOW, links, people)).toEqual({ current: NOW, all: [OLD, NOW], unjoined: [] })
  })

  it.each([
    ['two living people', { [OLD]: eve, [NOW]: kim }],
    ['twins', { [OLD]: twin, [NOW]: kim }],
    ['somebody without a date of birth', { [OLD]: blank, [NOW]: kim }],
    ['a number of which nobody can tell whose it is', { [OLD]: null, [NOW]: kim }],
  ])('is not followed from %s, and that is told on both sides', (_case, people) => {
    const links = [link('nel', OLD, NOW)]
    for (const number of [OLD, NOW]) {
      const joined = { current: number, all: [number], unjoined: ['nel'] }
      expect(join(number, links, people)).toEqual(joined)
    }
  })

  it('puts no number in force that nobody is known under, and finds the only patient by it', () => {
    const [there, back] = [link('nel', OLD, NOW), link('nel', NOW, OLD)]
    expect(join(OLD, [there], { [OLD]: kim })).toMatchObject({ current: OLD, unjoined: ['nel'] })
    expect(join(OLD, [there, back], { [OLD]: kim })).toMatchObject({ current: OLD })
    expect(join(NOW, [there], { [OLD]: kim })).toMatchObject({
      current: OLD,
      all: [OLD, NOW],
      unjoined: ['nel'],
    })
    const both = [there, link('sel', OTHER, NOW)]
    const two = { [OLD]: kim, [OTHER]: eve }
    expect(join(NOW, both, two)).toMatchObject({ current: NOW, all: [NOW] })
    expect(join(OLD, both, two)).toMatchObject({ current: OLD, all: [OLD] })
    expect(join(NOW, [there, back], { [OLD]: kim })).toMatchObject({ current: OLD })
  })

  it('is followed where the national service makes it, whatever sources say', () => {
    const links = [link(NATIONAL_SERVICE, OLD, NOW), link('nel', OLD, OTHER)]
    const people = { [OLD]: eve, [NOW]: kim, [OTHER]: eve }
    expect(join(OLD, links, people)).toEqual({ current: NOW, all: [OLD, NOW], unjoined: ['nel'] })
  })

  it('joins nobody through a number under which nobody is known', () => {
    const links = [link('nel', OLD, MIDDLE), link('nel', MIDDLE, NOW)]
    const people = { [OLD]: eve, [NOW]: kim }
    expect(join(OLD, links, people)).toMatchObject({ current: OLD, all: [OLD, MIDDLE] })
    expect(join(NOW, links, people)).toMatchObject({ current: NOW, all: [MIDDLE, NOW] })
    const one = { [OLD]: kim, [NOW]: kim }
    expect(join(OLD, links, one)).toMatchObject({ current: NOW, all: [OLD, MIDDLE, NOW] })
  })

  it('counts by how many sources make it where they name different successors', () => {
    const people = { [OLD]: kim, [NOW]: kim, [OTHER]: kim }
    const links = [link('nel', OLD, NOW), link('sel', OLD, NOW), link('ncl', OLD, OTHER)]
    expect(join(OLD, links, people)).toEqual({ current: NOW, all: [OLD, NOW], unjoined: ['ncl'] })
    const even = links.slice(1)
    expect(join(OLD, even, people)).toEqual({ current: OLD, all: [OLD], unjoined: ['ncl', 'sel'] })
  })

  it('leads an unknown number to nobody where two people are said to have had it', () => {
    const links = [link('nel', OLD, NOW), link('sel', OLD, OTHER)]
    expect(join(OLD, links, { [NOW]: kim, [OTHER]: eve })).toMatchObject({ all: [OLD] })
  })

  it('that goes in a circle leads to the smallest number', () => {
    const links = [link('nel', OLD, NOW), link('sel', NOW, OLD)]
    for (const number of [OLD, NOW]) {
      const joined = { current: OLD, all: [OLD, NOW], unjoined: [] }
      expect(join(number, links, { [OLD]: kim, [NOW]: kim })).toEqual(joined)
    }
  })
})

function join(
  requested: string,
  links: readonly NumberLink[],
  people: Readonly<Record<string, Person | null>>,
) {
  const { all, ...joined } = joinNumbers(requested, links, (number) => people[number])
  return { ...joined, all: [...all].sort(byPlace) }
}

function byPlace(one: string, other: string): number {
  const places = [OLD, MIDDLE, NOW, OTHER] as string[]
  return places.indexOf(one) - places.indexOf(other)
}

function link(participant: string, old: string, now: string): NumberLink {
  return { participant, old, new: now }
}

function person(birthDate: string | null, given: string, family: string): Person {
  return toPerson({ birthDate, name: { text: `${given} ${family}`, given: [given], family } })
}
