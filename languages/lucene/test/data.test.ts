import { comparesAsElasticsearchDoes } from '@rulescope/testing';
import { language } from '../src/index.ts';

comparesAsElasticsearchDoes(language, (field, value) => `${field}:"${value}"`);
