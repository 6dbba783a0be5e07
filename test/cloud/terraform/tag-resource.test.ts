import { isTaggable, tagResource } from '../../../lib/cloud/terraform/tag-resource';
import type { Json } from '../../../lib/values/json';

const tags = { 'hpcdk:cloud': 'aws', site: 'campus' };
const tagged = (type: string, resource: Record<string, Json> = {}) => {
  tagResource(type, resource, tags);
  return resource;
};

describe('tags', () => {
  test('are added to those of a resource, which win', () => {
    expect(tagged('aws_sqs_queue', { tags: { site: 'mine', other: 'x' } }).tags).toEqual({
      'hpcdk:cloud': 'aws',
      site: 'mine',
      other: 'x',
    });
  });

  test('stay away from types that have none, of AWS and of others', () => {
    expect(tagged('aws_route', { route_table_id: 'x' })).toEqual({ route_table_id: 'x' });
    expect(tagged('random_id')).toEqual({});
    expect([isTaggable('aws_vpc'), isTaggable('aws_route'), isTaggable('null_resource')]).toEqual([true, false, false]);
  });

  test('are merged with tags that are an expression', () => {
    expect(tagged('aws_sqs_queue', { tags: '${aws_vpc.main.tags}' }).tags).toBe(
      '${merge({"hpcdk:cloud" = "aws", "site" = "campus"}, aws_vpc.main.tags)}',
    );
  });

  test('reach what a launch template starts', () => {
    expect(
      tagged('aws_launch_template', { tag_specifications: [{ resource_type: 'volume', tags: { a: 'b' } }] })
        .tag_specifications,
    ).toEqual([
      { resource_type: 'volume', tags: { ...tags, a: 'b' } },
      { resource_type: 'instance', tags },
      { resource_type: 'network-interface', tags },
    ]);
  });

  test('of an auto scaling group are handed on to its instances', () => {
    const group = tagged('aws_autoscaling_group', {
      tag: [{ key: 'site', value: 'mine', propagate_at_launch: false }],
    });
    expect(group).toEqual({
      tag: [
        { key: 'site', value: 'mine', propagate_at_launch: false },
        { key: 'hpcdk:cloud', value: 'aws', propagate_at_launch: true },
      ],
    });
  });

  test('of an instance are on its volumes, unless the volumes have their own', () => {
    expect(tagged('aws_instance').volume_tags).toEqual(tags);
    expect(tagged('aws_instance', { root_block_device: { tags: { a: 'b' } } })).not.toHaveProperty('volume_tags');
  });
});
